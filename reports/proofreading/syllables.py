"""Which letters can stand together in a Vietnamese syllable: onset, rime, tone.

Says only what is impossible, never what is right: `củng` is a syllable, though `củng như` is none of
our phrases. Where the spelling of our tongue is disputed (hòa, hoà; kỹ, kĩ), both are possible.
"""

from functools import lru_cache

from portal.tokens import forms

_TONES = "\u0300\u0301\u0303\u0309\u0323"
_SHARP, _HEAVY = "\u0301", "\u0323"
# The longest first, so that `ngh` is not taken for `ng` or `n`.
ONSETS = (
    "ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr",
    "b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", "",
)  # fmt: skip
_RIMES = """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt   âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et   ê êch êm ên ênh êp êt êu
    i ia ich iêc iêm iên iêng iêp iêt iêu im in inh ip it iu
    o oc oi om on ong op ot   oong ooc
    oa oac oach oai oam oan oang oanh oao oap oat oay   oăc oăm oăn oăng oăt
    oe oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt   ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uôc uôi uôm uôn uông uôt
    uân uâng uât uây uê uêch uên uênh uêu uơ
    uy uya uych uyên uyêt uyn uynh uyp uyt uyu
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
RIMES = frozenset(_RIMES.split())
# After `qu` the glide is written already: quân, quyết, quốc.
_AFTER_QU = frozenset(
    {rime for rime in RIMES if rime[0] in "aăâeê"}
    | {"y", "ych", "yên", "yêt", "yn", "ynh", "yt", "yu", "it", "i", "ơ", "ơi", "ôc"}
)
_FRONT = "iyeê"
_STOPS = ("c", "ch", "p", "t")


@lru_cache(maxsize=16_384)
def is_possible(word):
    """Whether `word`, in small letters, can be one syllable of Vietnamese, tone included."""
    exact = forms(word)[1]
    base = exact.rstrip(_TONES)
    tones = exact[len(base) :]
    if len(tones) > 1:
        return False
    return any(
        base.startswith(onset) and _fits(onset, base[len(onset) :], tones) for onset in ONSETS
    )


def _fits(onset, rime, tone):
    if onset == "qu":
        known = rime in _AFTER_QU
    elif onset == "gi":
        known = rime in RIMES and rime[0] != "i"
    else:
        known = rime in RIMES and _spelled_so(onset, rime)
    if not known:
        return False
    return not rime.endswith(_STOPS) or tone in (_SHARP, _HEAVY)


def _spelled_so(onset, rime):
    """k, gh, ngh before i, e, ê; c, g, ng before the others; y and iê after what they may follow."""
    if rime[0] == "y":
        return rime == "y" or not onset
    if rime.startswith("iê"):
        return bool(onset) and onset not in ("c", "ng")
    front = rime[0] in _FRONT
    if onset in ("gh", "ngh"):
        return front
    if onset == "k":
        return front
    if onset == "g":
        return rime[0] not in "eê"
    return not (front and onset in ("c", "ng"))
