"""The office's old register, pasted from Excel: tried first, row by row, then written once.

A row whose unit, year and name are known is left as it is, so the same paste twice adds nothing.
"""

import csv
import io
from dataclasses import dataclass, field

from django import forms
from django.db import IntegrityError, transaction

from portal.text import fold, one_line, plain_text
from reports.models import (
    HolderKind,
    Initiative,
    InitiativeField,
    InitiativeStep,
    RecognitionLevel,
)

from .access import kept_units
from .register_form import InitiativeForm, KeptUnitField, typed_year

MOST_ROWS, LONGEST_PASTE = 500, 400_000
# A longer cell is a quotation mark that nobody closed. The csv module's own limit is the process's:
# others may have raised it.
LONGEST_CELL = 100_000
# A heading as offices write it, without marks -> the field.
HEADINGS = {
    "ten mo hinh": "name",
    "ten mo hinh, dien hinh": "name",
    "mo hinh": "name",
    "linh vuc": "field",
    "loai": "holder_kind",
    "doi tuong": "holder_kind",
    "tap the, ca nhan thuc hien": "holder_name",
    "tap the, ca nhan": "holder_name",
    "nguoi thuc hien": "holder_name",
    "don vi thuc hien": "holder_name",
    "don vi": "unit",
    "xa, phuong": "unit",
    "nam dang ky": "registered_year",
    "nam": "registered_year",
    "buoc": "step",
    "ket qua": "step",
    "cap cong nhan": "recognised_level",
    "ngay cong nhan": "recognised_on",
    "so quyet dinh": "decision_number",
    "ly do thoi": "dropped_reason",
    "mo ta": "description",
}
NEEDED = ("name", "field")
# What else people write for a choice, without marks.
ALSO = {
    "field": {
        "van hoa xa hoi": InitiativeField.CULTURE,
        "vhxh": InitiativeField.CULTURE,
        "vh xh": InitiativeField.CULTURE,
        "quoc phong": InitiativeField.DEFENCE,
        "an ninh": InitiativeField.DEFENCE,
        "qpan": InitiativeField.DEFENCE,
        "qp an": InitiativeField.DEFENCE,
        "he thong chinh tri": InitiativeField.POLITICAL,
        "xay dung dang": InitiativeField.POLITICAL,
    },
    "holder_kind": {},
    "step": {
        "dang ky": InitiativeStep.REGISTERED,
        "cong nhan": InitiativeStep.RECOGNISED,
        "da cong nhan": InitiativeStep.RECOGNISED,
        "thoi": InitiativeStep.DROPPED,
    },
    "recognised_level": {
        "xa": RecognitionLevel.COMMUNE,
        "phuong": RecognitionLevel.COMMUNE,
        "huyen": RecognitionLevel.DISTRICT,
        "tinh": RecognitionLevel.PROVINCE,
        "thanh pho": RecognitionLevel.PROVINCE,
    },
}
CHOICES = {
    "field": InitiativeField,
    "holder_kind": HolderKind,
    "step": InitiativeStep,
    "recognised_level": RecognitionLevel,
}


class Unreadable(Exception):
    """The whole paste makes no sense; the message says what to do."""


@dataclass
class Tried:
    """One row: what was read of it, and what would become of it."""

    number: int
    name: str
    unit: str
    year: str
    known: bool = False
    errors: list = field(default_factory=list)
    form: InitiativeForm | None = None

    @property
    def is_new(self):
        return not self.known and not self.errors


def try_rows(text, *, user, unit, year):
    """[Tried] of a paste. Rows that name no unit or year have `unit` and `year`. Raises Unreadable."""
    headings, rows = _rows_of(text)
    reader = _Reader(user, unit, year)
    return [
        reader.read(number, dict(zip(headings, row, strict=False)))
        for number, row in enumerate(rows, 2)
        if any(row)
    ]


@transaction.atomic
def write(tried, *, by):
    """Write the new rows; how many. What somebody else wrote meanwhile becomes a known one."""
    written = 0
    for row in tried:
        if not row.is_new:
            continue
        row.form.instance.created_by = by
        try:
            with transaction.atomic():
                row.form.save()
        except IntegrityError:
            row.known = True
        else:
            written += 1
    return written


def _rows_of(text):
    text = plain_text(text).strip("\n")
    if not text.strip():
        raise Unreadable("Chưa có dòng nào. Hãy chép cả dòng tiêu đề cột từ Excel rồi dán vào đây.")
    if len(text) > LONGEST_PASTE:
        raise Unreadable("Dài quá. Hãy chia làm nhiều lần, mỗi lần vài trăm dòng.")
    first = text.split("\n", 1)[0]
    delimiter = next((sign for sign in "\t;" if sign in first), ",")
    try:
        rows = [[one_line(cell) for cell in row] for row in _csv(text, delimiter)]
    except csv.Error:
        rows = None
    if rows is None or any(len(cell) > LONGEST_CELL for row in rows for cell in row):
        raise Unreadable("Không đọc được bảng này. Hãy chép lại từ Excel.")
    headings = [_field_of(cell) for cell in rows[0]]
    missing = [name for name in NEEDED if name not in headings]
    if missing:
        raise Unreadable(
            "Dòng đầu phải là tiêu đề cột, có ít nhất “Tên mô hình” và “Lĩnh vực”. Các cột khác: "
            "Loại, Tập thể cá nhân thực hiện, Đơn vị, Năm đăng ký, Bước, Cấp công nhận, "
            "Số quyết định, Ngày công nhận, Lý do thôi, Mô tả."
        )
    if len(rows) > MOST_ROWS + 1:
        raise Unreadable(f"Mỗi lần nhiều nhất {MOST_ROWS} dòng.")
    return headings, rows[1:]


def _csv(text, delimiter):
    return csv.reader(io.StringIO(text), delimiter=delimiter)


def _words(text):
    """Letters and digits alone, without marks: `Văn hóa – xã hội` -> `van hoa xa hoi`."""
    return " ".join("".join(c if c.isalnum() else " " for c in fold(text)).split())


_FIELDS = {_words(heading): name for heading, name in HEADINGS.items()}


def _field_of(heading):
    return _FIELDS.get(_words(heading))


def _choice(name, text):
    """The value of a choice by its words; the text itself where nothing is meant, for the form to say."""
    words = _words(text)
    known = {_words(label): value for value, label in CHOICES[name].choices} | ALSO[name]
    return known.get(words.removeprefix("cap "), known.get(words, text))


class _Reader:
    def __init__(self, user, unit, year):
        self.user, self.unit, self.year = user, unit, year
        self.units, self.seen = {}, {}
        self.unit_field = KeptUnitField(required=False)
        self.unit_field.keys = kept_units(user)

    def read(self, number, cells):
        data = {name: text for name, text in cells.items() if name and text}
        for name in CHOICES:
            if name in data:
                data[name] = _choice(name, data[name])
        data.setdefault("holder_kind", HolderKind.GROUP)
        data.setdefault("registered_year", str(self.year or ""))
        data.setdefault("step", self._step(data))
        row = Tried(number, data.get("name", ""), data.get("unit", ""), data["registered_year"])
        try:
            unit = self._unit(data.get("unit", ""), typed_year(data["registered_year"]))
        except forms.ValidationError as error:
            row.errors = [f"Đơn vị: {error.message}"]
            return row
        row.unit = unit.name_on()
        data["unit"] = unit.pk
        if self._is_known(row, unit, data):
            return row
        row.form = InitiativeForm(data, user=self.user)
        for name, messages in row.form.errors.items():
            label = row.form.fields[name].label if name in row.form.fields else ""
            row.errors += [f"{label}: {message}" if label else message for message in messages]
        return row

    def _step(self, data):
        recognised = any(name in data for name in ("recognised_on", "recognised_level"))
        return InitiativeStep.RECOGNISED if recognised else InitiativeStep.REGISTERED

    def _unit(self, text, year):
        if not text:
            if self.unit is None:
                raise forms.ValidationError("Dòng này không ghi đơn vị.")
            return self.unit
        if (text, year) not in self.units:
            self.unit_field.year = year
            try:
                self.units[text, year] = self.unit_field.clean(text)
            except forms.ValidationError as error:
                self.units[text, year] = error
        found = self.units[text, year]
        if isinstance(found, forms.ValidationError):
            raise forms.ValidationError(found.messages[0])
        return found

    def _is_known(self, row, unit, data):
        year, name = data["registered_year"], fold(data.get("name", ""))
        if not (year.isascii() and year.isdigit() and len(year) == 4):
            return False
        key = (unit.pk, year, name)
        if key in self.seen:
            row.errors = [f"Trùng dòng {self.seen[key]} của bảng này."]
            return True
        self.seen[key] = row.number
        row.known = Initiative.objects.filter(
            unit=unit, registered_year=int(year), folded_name=name
        ).exists()
        return row.known
