"""The form of a digest: its own fields, and for every report a place, a heading and a text."""

from dataclasses import dataclass

from django import forms
from django.utils import timezone

from portal.paging import page_number
from portal.text import one_line, plain_text
from reports.filter_form import DayField
from reports.form_fields import Described, PlainField
from reports.form_keys import seen_version
from reports.models import Report

from .digests import MOST_ITEMS, Draft, Line, as_stored
from .turns import beside

LONGEST_TEXT, LONGEST_GROUP = 4000, 200


class DigestForm(Described, forms.Form):
    title = PlainField(
        label="Tên điểm tin",
        max_length=200,
        help_text="Ví dụ: Điểm tin tuần 2 tháng 7/2026",
        error_messages={"required": "Hãy đặt tên.", "max_length": "Tên dài quá 200 chữ cái."},
    )
    intro = PlainField(
        is_one_line=False,
        label="Lời mở đầu",
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": "Dài quá 4.000 chữ cái."},
    )
    period_start = DayField(label="Từ ngày", required=False, help_text="Ví dụ: 01/07/2026")
    period_end = DayField(label="Đến hết ngày", required=False, help_text="Ví dụ: 31/07/2026")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, auto_id="dt-%s", **kwargs)
        self.describe()

    def clean(self):
        data = super().clean()
        first, last = data.get("period_start"), data.get("period_end")
        if not self.errors and bool(first) != bool(last):
            missing = "period_end" if first else "period_start"
            self.add_error(missing, "Ghi cả hai ngày, hoặc để trống cả hai.")
        elif first and last and last < first:
            self.add_error("period_end", "“Đến hết ngày” trước “Từ ngày”.")
        return data


@dataclass
class Row:
    """A line of the form: what was typed, what is wrong with it, and what stands in the database."""

    line: Line
    errors: dict
    stored: Line | None = None
    is_gone: bool = False  # somebody else took it out meanwhile

    @property
    def differs(self):
        """Whether the stored line says something else than this one."""
        if self.stored is None:
            return False
        return (self.stored.words, self.stored.group) != (self.line.words, self.line.group)


def posted_keys(data, name="bai"):
    """Primary keys as they were ticked, in order, each once; what is no key falls away."""
    keys = (page_number(text) for text in data.getlist(name)[: 10 * MOST_ITEMS])
    return list(dict.fromkeys(key for key in keys if key))


class DigestSheet:
    """A digest's form with its rows: unbound from the database, bound from what was posted.

    Reports that are not public keep what is stored about them; nobody is shown their words.
    """

    def __init__(self, digest, data=None, now=None):
        self.digest = digest
        self.stored = as_stored(digest, now or timezone.now())
        if data is None:
            self.form = DigestForm(initial=vars(self.stored))
            self.rows = [Row(line, {}) for line in self.stored.lines]
            self.version = digest.version
            return
        self.form = DigestForm(data)
        self.version = seen_version(data)
        self.rows = self._posted_rows(data, now or timezone.now())

    def is_valid(self):
        return self.form.is_valid() and not any(row.errors for row in self.rows)

    @property
    def draft(self):
        """What a valid form says."""
        said = {name: self.form.cleaned_data[name] for name in self.form.fields}
        return Draft(**said, lines=[row.line for row in self.rows])

    @property
    def is_as_stored(self):
        """Whether a valid form says what is stored: it was sent twice, or two people meant the same."""
        mine, theirs = (
            [(line.report.pk, line.group, line.text) for line in lines]
            for lines in ([row.line for row in self.rows], self.stored.lines)
        )
        return mine == theirs and not beside(self.form, self.stored)

    def lay_beside(self):
        """Somebody else was quicker: next to what was typed show what is stored now."""
        theirs = {line.report.pk: line for line in self.stored.lines}
        for row in self.rows:
            row.stored = theirs.get(row.line.report.pk)
            row.is_gone = row.stored is None
        mine = {row.line.report.pk for row in self.rows}
        self.also_stored = [line for line in self.stored.lines if line.report.pk not in mine]
        self.other_fields = beside(self.form, self.stored)
        self.version = self.digest.version
        self.is_beside = True

    is_beside = False
    also_stored = other_fields = ()

    def _posted_rows(self, data, now):
        known = {line.report.pk: line for line in self.stored.lines}
        keys = posted_keys(data)
        keys += [key for key in posted_keys(data, "them") if key not in keys]
        missing = [key for key in keys if key not in known]
        found = Report.objects.published(now).filter(pk__in=missing).select_related("event")
        known |= {report.pk: Line(report) for report in found.defer("body")}
        rows = [self._row(known[key], data) for key in keys if key in known]
        return _moved(_placed(rows, data), data)

    def _row(self, line, data):
        key = line.report.pk
        if not line.is_public or f"chu-{key}" not in data:
            return Row(line, {})
        group = one_line(data.get(f"nhom-{key}", ""))
        text = plain_text(data[f"chu-{key}"]).strip()
        errors = {}
        if len(group) > LONGEST_GROUP:
            errors["group"] = "Tên nhóm dài quá 200 chữ cái."
        if len(text) > LONGEST_TEXT:
            errors["text"] = "Dài quá 4.000 chữ cái. Hãy rút gọn."
        # Who types nothing else than the lead goes on following it.
        own = None if text == line.report.lead or data.get("sapo") == str(key) else text
        return Row(Line(line.report, group, own), errors)


def _placed(rows, data):
    """In the order of the typed places; whoever moves down comes after who stands there, and up before."""

    def place(numbered):
        at, row = numbered
        typed = page_number(data.get(f"thu-tu-{row.line.report.pk}")) or at
        return typed, (typed > at) - (typed < at)

    return [row for _, row in sorted(enumerate(rows, 1), key=place)]


def _moved(rows, data):
    """One up, one down, or out: the button that was pressed."""
    at = {str(row.line.report.pk): place for place, row in enumerate(rows)}
    for name, step in (("len", -1), ("xuong", 1)):
        here = at.get(data.get(name))
        if here is not None and 0 <= here + step < len(rows):
            rows[here], rows[here + step] = rows[here + step], rows[here]
    if (out := at.get(data.get("bo"))) is not None:
        del rows[out]
    return rows
