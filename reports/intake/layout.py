"""Where on the page everything stands: title, stamp, lead, body, captions, byline, rubbish."""

from dataclasses import dataclass, field
from itertools import pairwise

from . import furniture, headline
from .article import Removed
from .blocks import FIGURE, HEADING, LIST, PARAGRAPH, PICTURE, TABLE
from .byline import Credits, read_bare, read_labelled
from .listed_captions import take_listed_captions
from .page_head import read_head, where_text_starts, without_repeated_title
from .page_tail import last_paragraph, read_tail
from .picture_words import read_credits_inside, without_captions
from .stamps import Stamp, read_stamp, read_views

_MAX_AFTER = 200
OTHER_STAMP = "ngày giờ khác trên trang"


@dataclass
class Layout:
    """The parts of a page; `evidence` gives for each part found the line it was found in."""

    title: str = ""
    category: str = ""
    stamp: Stamp | None = None
    views: int | None = None
    body: list = field(default_factory=list)
    captions: list = field(default_factory=list)
    # The caption, and the credit printed with it, of each picture by its number.
    pictures: dict = field(default_factory=dict)
    picture_credits: dict = field(default_factory=dict)
    credits: Credits = field(default_factory=Credits)
    removed: list = field(default_factory=list)
    # Dropped lines that may still name the unit: those above the title, those anywhere else.
    head_lines: list = field(default_factory=list)
    foot_lines: list = field(default_factory=list)
    warnings: list = field(default_factory=list)
    evidence: dict = field(default_factory=dict)
    # Where in the body a labelled byline stood, if it stood behind the text.
    signed_at: int | None = None

    def drop(self, line, rule):
        self.removed.append(Removed(line, rule))

    def take_credits(self, credits, line):
        """Add what a line of a byline says; the first line that says something is its evidence."""
        is_new = False
        for name in ("authors", "photographers", "editors", "informants", "organisation", "source"):
            if getattr(credits, name) and not getattr(self.credits, name):
                is_new = True
                self.evidence.setdefault(name, line)
        self.credits.merge(credits)
        if not is_new:
            self.drop(line, "tên tài khoản" if credits.is_account else "dòng ký tên khác")

    def credit_photos(self, names, line):
        """Add photographers whose names stand with their pictures; `line` is used, never dropped."""
        if names:
            self.evidence.setdefault("photographers", line)
            self.credits.merge(Credits(photographers=names))

    def take_stamp(self, stamp, line):
        """The first publication line counts, unless a later one says "ngày đăng"."""
        if self.stamp is None or (self.stamp.label != "posted" and stamp.label == "posted"):
            if self.stamp is not None:
                self.drop(self.evidence["published_at"], OTHER_STAMP)
            self.stamp = stamp
            self.evidence["published_at"] = line
        else:
            self.drop(line, OTHER_STAMP)
        if stamp.views is not None:
            self.take_views(stamp.views, line)

    def takes_rest(self, stamp, line):
        """Beside a date only a name or a category may stand; else the line is no stamp."""
        if not stamp.rest:
            return True
        credits = read_labelled(stamp.rest) or read_bare(stamp.rest)
        names_somebody = credits and (credits.authors or credits.is_account or stamp.has_time)
        if names_somebody and len(stamp.rest) <= 60 and not headline.is_category(stamp.rest):
            self.take_credits(credits, line)
            return True
        if headline.is_category(stamp.rest) and stamp.has_time:
            self.category = self.category or stamp.rest
            self.evidence.setdefault("category", line)
            return True
        return False

    def take_views(self, views, line):
        if self.views is None:
            self.views = views
            self.evidence["views"] = line
        elif line not in self.evidence.values():
            self.drop(line, "lượt xem khác")


def lay_out(source):
    """The `Layout` of a loaded `Source`."""
    layout = Layout()
    blocks = take_listed_captions(source.blocks, layout)
    blocks, after = _without_furniture(blocks, layout)
    start = where_text_starts(blocks, source.titles)
    left = read_head(blocks[:start], source.titles, layout)
    text = without_repeated_title([*left, *blocks[start:]], layout)
    text = _read_lines_inside(text, layout)
    text = read_tail(text, layout)
    _read_after(after, layout)
    layout.body = without_captions(text, layout)
    read_credits_inside(layout)
    return layout


# --- rubbish -----------------------------------------------------------------------------------


def _without_furniture(blocks, layout):
    """(blocks that may be text, blocks after the end of the text)."""
    kept, started = [], False
    for index, block in enumerate(blocks):
        if block.kind in (PICTURE, FIGURE, TABLE):
            kept.append(block)
            continue
        text = furniture.tidy(block.text)
        if category := furniture.category_in(text):
            layout.category = layout.category or category
            layout.evidence.setdefault("category", block.text)
        if started and _is_end(text, blocks[index + 1 :]):
            layout.drop(block.text, "tin khác")
            return kept, blocks[index + 1 :]
        rule = furniture.rule_for(text) if read_views(text) is None else ""
        if rule and not (rule == "phân trang" and block.kind == HEADING):
            layout.drop(block.text, rule)
            (layout.foot_lines if started else layout.head_lines).append(block.text)
            continue
        words, is_marked = furniture.without_shortcode(text)
        if words != block.text:
            if words:
                block = block.with_text(words)
                block.is_caption = block.is_caption or is_marked
            else:
                layout.drop(block.text, "dấu ảnh")
                continue
        started = started or headline.is_paragraph(block.text)
        kept.append(block)
    return kept, []


def _is_end(text, following):
    if furniture.ends_text(text):
        return not any(_is_long(block) for block in following)
    return furniture.may_end_text(text) and not any(_is_long(block) for block in following)


def _is_long(block):
    """A paragraph too long for a teaser of another item."""
    return block.kind != LIST and len(block.text) >= 350 and headline.is_paragraph(block.text)


def _read_after(blocks, layout):
    """Behind the text only what carries a label is still this text's: author, source, date, views."""
    for block in blocks[:_MAX_AFTER]:
        text = block.text
        if block.kind == PICTURE or not text:
            continue
        if (views := read_views(text)) is not None:
            layout.take_views(views, text)
        elif (credits := _missing(read_labelled(text), layout)) is not None:
            layout.take_credits(credits, text)
        elif (stamp := read_stamp(text)) and stamp.label == "posted" and not stamp.rest:
            layout.take_stamp(stamp, text)
        else:
            layout.drop(text[:300], "tin khác")


# --- inside the text ---------------------------------------------------------------------------


def _missing(credits, layout):
    """The credits that say who wrote a text which is not signed yet, or where it is from."""
    if not credits or (credits.authors and layout.credits.authors):
        return None
    return credits if credits.authors or (credits.source and not layout.credits.source) else None


def _read_lines_inside(blocks, layout):
    """Take out the lines that are stamps, counters and labelled credits, wherever they stand."""
    kept, signed = [], []
    last = last_paragraph(blocks)
    for index, block in enumerate(blocks):
        text = block.text
        if block.kind in (PICTURE, FIGURE, TABLE) or not text:
            kept.append(block)
            continue
        if (views := read_views(text)) is not None:
            layout.take_views(views, text)
            continue
        stamp = read_stamp(text)
        if stamp and not stamp.rest and (index <= 3 or index > last or stamp.label):
            layout.take_stamp(stamp, text)
            continue
        if (credits := read_labelled(text)) is not None:
            if _is_picture_credit(kept, credits):
                layout.credit_photos(credits.photographers, text)
                continue
            layout.take_credits(credits, text)
            signed.append((index, credits.authors))
            if index > last and credits.authors and layout.signed_at is None:
                layout.signed_at = len(kept)
            continue
        kept.append(block)
    _doubt_one_text(blocks, signed, layout)
    return kept


def _doubt_one_text(blocks, signed, layout):
    """Two signatures of different people, a text between them: two texts in one file."""
    for (first, authors), (second, others) in pairwise(signed):
        between = blocks[first + 1 : second]
        is_text = any(b.kind == PARAGRAPH and headline.is_paragraph(b.text) for b in between)
        if authors and others and authors != others and is_text:
            layout.warnings.append(
                f"Có thể là hai bài trong một tệp: {', '.join(authors)} ký, rồi {', '.join(others)} ký "
                "sau một đoạn nữa. Mỗi bài nên một lần nhập."
            )


def _is_picture_credit(kept, credits):
    """Whether `Ảnh: X` in a line of its own speaks of the picture above it, which then gets it."""
    if len(credits.photographers) != 1 or credits.authors or credits.source or credits.organisation:
        return False
    for block in reversed(kept[-2:]):
        if block.kind == PICTURE:
            block.credit = credits.photographers[0]
            return True
        if headline.is_paragraph(block.text):
            return False
    return False
