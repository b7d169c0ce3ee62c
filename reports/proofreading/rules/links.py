"""Where the text leads: hosts nobody has vouched for, and planted advertising (SECURITY, section 1)."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Q

from units.area import ancestors_on

from ...models import LinkHost
from ..finding import Found, Level, rule
from ..words import gambling_phrases, lists

_BARE = re.compile(r"\bhttps?://[^\s<>”\"’)]+", re.IGNORECASE)


@rule(
    "lien-ket-la",
    Level.WARN,
    "Liên kết ra trang ngoài chưa có trong danh sách của đơn vị.",
    "Mở thử xem có đúng trang mình định dẫn không. Quản trị của đơn vị thêm được tên miền vào danh sách.",
)
def unknown_hosts(draft):
    hosts = {}
    for field, href in draft.links:
        if host := host_of(href):
            hosts.setdefault(host, field)
    strange = {host: field for host, field in hosts.items() if not _is_within(host, _own())}
    if not strange:
        return
    allowed = _allowed(draft.unit)
    for host, field in strange.items():
        if not _is_within(host, allowed):
            yield Found(field, f"Liên kết tới {host}", evidence=host)


def host_of(href):
    """The host of a web address without `www.`; empty for our own paths, mail and telephone."""
    try:
        parts = urlsplit(href.strip())
        host = (parts.hostname or "").lower().rstrip(".")
    except ValueError:
        return "?"
    if parts.scheme.lower() not in ("http", "https", ""):
        return ""
    return host.removeprefix("www.")


def _own():
    return [settings.SITE_HOST, *lists()["links"]["known"]]


def _allowed(unit):
    """Hosts on the list of the unit, of those above it, and of the whole site. One query."""
    keys = [unit.pk, *ancestors_on(unit)] if unit else []
    hosts = LinkHost.objects.filter(Q(unit=None) | Q(unit__in=keys))
    return list(hosts.values_list("host", flat=True))


def _is_within(host, allowed):
    return any(host == one or host.endswith(f".{one}") for one in allowed)


@rule(
    "quang-cao-co-bac",
    Level.BLOCK,
    "Có chữ hoặc liên kết quảng cáo cờ bạc.",
    "Xóa ngay. Nếu không ai trong ban biên tập viết chỗ này, báo cho quản trị hệ thống.",
)
def gambling(draft):
    brands = set(lists()["gambling"]["brands"])
    parts = [*lists()["gambling"]["hosts"], *brands]
    addresses = [*draft.links, *(("body", each) for each in _BARE.findall(draft.whole))]
    for field, href in addresses:
        host = host_of(href)
        if any(part in host for part in parts):
            yield Found(field, f"Liên kết tới {host}", evidence=host)
    phrases = gambling_phrases()
    for passage in draft.passages:
        words = passage.words
        for at, word in enumerate(words):
            size = 0
            if word.folded in brands:
                size = 1
            else:
                for phrase in phrases:
                    if word.exact == phrase[0] and phrase == tuple(
                        each.exact for each in words[at : at + len(phrase)]
                    ):
                        size = len(phrase)
                        break
            if size:
                start, end = word.start, words[at + size - 1].end
                yield Found(
                    passage.field, passage.around(start, end), about=passage.about,
                    evidence=passage.text[start:end].lower(),
                )  # fmt: skip
