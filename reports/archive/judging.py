"""What one page would become, and what a person should look at. Nothing is stored here."""

from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import Truncator

from portal.text import fold
from reports.intake.importing import DraftValues, source_hash
from reports.intake.names import is_person
from reports.intake.suggesting import suggestions_from
from reports.models import BROUGHT, ImportItem, ItemOutcome, Report
from units.area import area_of, ever_above, subtree_keys
from units.models import Unit

from .nearness import runs, shared_part

UNTITLED = "(Chưa có tít)"
MOST_UNITS = 4
MOST_NEAR = 3
# Two texts of one address are the same page when so much of their words is.
SAME_PAGE = 0.5


@dataclass
class Verdict:
    """The outcome (`ItemOutcome`), the remarks for a person, and for a draft its values."""

    outcome: str
    title: str = ""
    remarks: list = field(default_factory=list)
    values: DraftValues | None = None
    # Pictures of the page (intake's FoundPicture), nobody has looked at the bytes yet.
    pictures: list = field(default_factory=list)
    suggested: dict = field(default_factory=dict)
    known: Report | None = None
    source_hash: str = ""
    original_url: str = ""

    @property
    def is_brought(self):
        return self.outcome in BROUGHT

    def doubt(self, words):
        """Add what a person should look at."""
        if words not in self.remarks:
            self.remarks.insert(0, words)
        if self.outcome == ItemOutcome.NEW:
            self.outcome = ItemOutcome.DOUBTFUL


def refused(words):
    return Verdict(ItemOutcome.FAILED, remarks=[words])


def skipped(words):
    return Verdict(ItemOutcome.SKIPPED, remarks=[words])


def values_of(reading, unit):
    """The `Suggestions` and the `DraftValues` a reading gives rise to."""
    suggested = suggestions_from(reading.article)
    values = suggested.draft_values(unit, original_url=reading.original_url)
    if not strip_tags(values.body).strip():
        # Two short news may share a heading; then the one paragraph tells them apart.
        values.source_hash = source_hash(values.title, values.lead)
    return suggested, values


def judge(reading, unit, *, stem, stored, brings_back=False):
    """The `Verdict` on a `Reading` for `unit`; `stem` names a page that lost its title.

    `stored` (a `Stored`) knows what is in already.
    """
    article = reading.article
    suggested, values = values_of(reading, unit)
    verdict = Verdict(ItemOutcome.NEW, values=values, pictures=article.pictures)
    if not (values.lead or strip_tags(values.body).strip()):
        return skipped("Không tìm thấy nội dung bài.")
    verdict.remarks = [words for words in suggested.warnings if words not in reading.doubts]
    if not values.title:
        values.title = f"{UNTITLED} {Truncator(values.lead or stem).words(12)}"
        verdict.doubt("Trang không còn tít, biên tập viên phải đặt.")
    values.title = values.title[:400]
    verdict.title, verdict.source_hash = values.title, values.source_hash
    verdict.original_url = values.original_url
    if answer := _known(verdict, unit, stored) or _deleted(verdict, unit, brings_back):
        return answer
    for words in reading.doubts:
        verdict.doubt(words)
    _look_at_days(verdict, article)
    _look_at_names(verdict)
    _look_at_units(verdict, unit, article.unit_candidates)
    if article.category and not values.section:
        verdict.suggested["category"] = article.category[:120]
    for title, why in stored.near(values):
        verdict.doubt(near_words(title, why))
    return verdict


def near_words(title, why):
    """How a near duplicate is told, in a trial as in earnest."""
    return f"Gần giống bài “{title}” ({why})."


# --- in already? -------------------------------------------------------------------------------


class Stored:
    """What is in already, asked of the database."""

    def by_address(self, address):
        """(text, report) of the page of this address, or None."""
        found = Report.objects.filter(original_url=address).first()
        return found and (found, found)

    def by_text(self, unit, text_hash):
        found = Report.objects.filter(unit=unit, source_hash=text_hash).first()
        return found and (found, found)

    def near(self, values):
        """[(title, why)]; asked where nothing is stored (`archive.trial`), else of the draft itself."""
        return []


def _known(verdict, unit, stored):
    """The verdict on a page that is in already, or None; an address borrowed by mistake is dropped."""
    values = verdict.values
    if values.original_url and (found := stored.by_address(values.original_url)):
        text, report = found
        if text.source_hash == values.source_hash or _is_same_page(text, values):
            return _is_in(verdict, report, unit, "cùng địa chỉ ở cổng cũ")
        values.original_url = verdict.original_url = ""
        verdict.doubt(
            "Địa chỉ ghi trong trang là của một bài khác đã nhập, nên không giữ địa chỉ ấy."
        )
    found = stored.by_text(unit, values.source_hash)
    return _is_in(verdict, found[1], unit, "cùng nội dung") if found else None


def _is_in(verdict, report, unit, why):
    """Which report it is, is told of the same unit only: other newsrooms' drafts are their own."""
    is_ours = report is None or report.unit_id == unit.pk
    words = f"Đã có bài này ({why})." if is_ours else f"Đơn vị khác đã có bài này ({why})."
    return Verdict(
        ItemOutcome.KNOWN, verdict.title, [words], known=report if is_ours else None,
        source_hash=verdict.source_hash, original_url=verdict.original_url,
    )  # fmt: skip


def _is_same_page(text, values):
    """Whether the page of this address was saved twice, the text edited here or there meanwhile."""
    if fold(text.title) == fold(values.title):
        return True
    return shared_part(runs(text), runs(values)) >= SAME_PAGE


def _deleted(verdict, unit, brings_back):
    """The verdict on a page whose draft somebody has deleted since: it does not come back by itself."""
    if brings_back:
        return None
    gone = ImportItem.objects.filter(batch__unit=unit, brought_at__isnull=False, report=None)
    same = Q(source_hash=verdict.source_hash)
    if verdict.original_url:
        same |= Q(original_url=verdict.original_url)
    if not gone.filter(same).exists():
        return None
    return Verdict(
        ItemOutcome.SKIPPED, verdict.title,
        ["Bài này đã nhập rồi bị xóa. Muốn lấy lại thì chọn “nhập lại cả bài đã xóa”."],
        source_hash=verdict.source_hash, original_url=verdict.original_url,
    )  # fmt: skip


# --- doubts ------------------------------------------------------------------------------------


def _look_at_days(verdict, article):
    """What the page does not say itself waits for a person: it is suggested, not set."""
    values, now = verdict.values, timezone.now()
    printed = article.evidence.get("held_on", "")
    day = values.held_on
    if day and str(day.year) not in printed:
        verdict.suggested["event"] = {
            "held_on": day.isoformat(),
            "ends_on": values.ends_on.isoformat() if values.ends_on else None,
            "session": values.session,
        }
        values.held_on = values.ends_on = None
        verdict.doubt(f"Ngày diễn ra {day:%d/%m/%Y} là suy ra, bài không ghi đủ.")
        if not values.event_kind:
            values.session = ""
    if not values.published_at:
        verdict.doubt("Không rõ ngày đăng ở cổng cũ.")
        if day:
            verdict.suggested["published_month"] = f"{day:%Y-%m}"
    elif values.published_at > now:
        verdict.doubt(f"Ngày đăng {timezone.localtime(values.published_at):%d/%m/%Y} chưa tới.")
        values.published_at = None
    elif day and day > _day_of(values.published_at):
        verdict.doubt("Ngày diễn ra sau ngày đăng.")


def _day_of(moment) -> date:
    return timezone.localtime(moment).date()


def _look_at_names(verdict):
    values = verdict.values
    for role in ("authors", "photographers"):
        names = getattr(values, role)
        unsure = [name for name in names if not is_person(name, single=True)]
        if unsure:
            setattr(values, role, [name for name in names if name not in unsure])
            verdict.suggested[role] = unsure
            verdict.doubt(f"Chưa chắc “{', '.join(unsure)[:160]}” là tên người.")


def _look_at_units(verdict, unit, candidates):
    """A text that names other places than the chosen unit's was perhaps put into the wrong box."""
    if not candidates:
        return
    related = {*subtree_keys(unit), *ever_above(unit), *area_of(unit)}
    if related.intersection(candidates):
        return
    verdict.suggested["units"] = candidates[:MOST_UNITS]
    found = Unit.objects.in_bulk(candidates[:MOST_UNITS])
    day = verdict.values.held_on or (
        verdict.values.published_at and _day_of(verdict.values.published_at)
    )
    names = [found[key].full_name_on(day) for key in candidates[:MOST_UNITS] if key in found]
    names = "; ".join(dict.fromkeys(names))  # a city has been several units of one name
    verdict.doubt(f"Bài có vẻ nói về đơn vị khác: {names}.")
