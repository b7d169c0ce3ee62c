"""What a person says about the report itself: its subject, number and day, how much of each text it
prints; and in whose name it is written. All of it stands in the address, like the choice of reports.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from portal.text import one_line
from reports.filter_form import DayField
from reports.form_fields import Described
from reports.models import Committee

from .access import committee_for

LIST, DIGEST, FULL = "danh-sach", "ngan", "day-du"
LENGTHS = {
    DIGEST: "Rút gọn: tít và sapo",
    FULL: "Đầy đủ: tít và toàn văn",
    LIST: "Danh sách: chỉ tít, ngày, đơn vị",
}
# Left open for the pen of whoever numbers, dates or signs the paper.
GAP = "……"


class WordingForm(Described, forms.Form):
    """`tieu-de`, `so`, `ngay`, `dai` of an address. Left out they have a default, left empty a gap."""

    subject = forms.CharField(
        label="Về việc",
        max_length=300,
        required=False,
        help_text="In dưới chữ BÁO CÁO. Ví dụ: kết quả công tác dân vận quý II/2026",
        error_messages={"max_length": "Dài quá %(limit_value)d chữ (đang có %(show_value)d)."},
    )
    number = forms.CharField(
        label="Số",
        max_length=20,
        required=False,
        help_text="Ví dụ: 128. Để trống thì chừa chỗ ghi tay.",
        error_messages={"max_length": "Dài quá %(limit_value)d chữ (đang có %(show_value)d)."},
    )
    day = DayField(
        label="Ngày ký", required=False, help_text="Ví dụ: 02/07/2026. Để trống thì chừa chỗ."
    )
    length = forms.ChoiceField(
        label="Mỗi bài in",
        choices=LENGTHS.items(),
        required=False,
        error_messages={"invalid_choice": "Không có “%(value)s” trong danh sách."},
    )

    addresses = {"subject": "tieu-de", "number": "so", "day": "ngay", "length": "dai"}

    def __init__(self, data, *, subject, today):
        defaults = {"tieu-de": subject, "ngay": f"{today:%d/%m/%Y}", "dai": DIGEST}
        given = {name: data[name] for name in self.addresses.values() if name in data}
        super().__init__({**defaults, **given}, auto_id="loi-%s")
        self._given = given
        self.describe()

    def add_prefix(self, field_name):
        return self.addresses.get(field_name, field_name)

    def clean_subject(self):
        return one_line(self.cleaned_data["subject"])

    def clean_number(self):
        return one_line(self.cleaned_data["number"])

    @property
    def query(self):
        """What was said, as it stands in the address; empty where everything is a default."""
        return urlencode({name: one_line(text) for name, text in self._given.items()})


def wording_of(data, selection):
    """The form for an address' `data`, bound; its defaults follow from the choice of reports."""
    return WordingForm(
        data, subject=default_subject(selection), today=timezone.localdate(selection.now)
    )


def default_subject(selection):
    """`kết quả công tác dân vận 6 tháng đầu năm 2026`."""
    period = selection.period
    if selection.filters.wants_undated:
        return "các bài chưa rõ ngày"
    return f"kết quả công tác dân vận {period.label}" if period else "kết quả công tác dân vận"


@dataclass(frozen=True)
class Letterhead:
    """The header and the foot of a party document (Hướng dẫn 36-HD/VPTW), ready to print.

    `margins` are top, bottom, left, right in millimetres. What the committee has not told is a gap.
    """

    parent_body: str
    issuing_body: str
    number: str
    place_and_day: str
    signatory_titles: tuple
    signatory_name: str
    recipients: tuple
    margins: tuple

    @classmethod
    def of(cls, committee, *, number="", day=None):
        """`committee` may be None: an administrator of a site where no unit told its header."""
        code = committee.document_code if committee else "BC"
        place = (committee.place if committee else "") or GAP
        titles = committee.signatory_title.split(";") if committee else []
        recipients = committee.recipients.splitlines() if committee else []
        return cls(
            parent_body=committee.parent_body if committee else "",
            issuing_body=(committee.issuing_body if committee else "") or GAP,
            number=f"Số {number or GAP}-{code or 'BC'}",
            place_and_day=f"{place}, {day_in_words(day)}",
            signatory_titles=tuple(filter(None, map(one_line, titles))) or (GAP,),
            signatory_name=committee.signatory_name if committee else "",
            recipients=tuple(_recipient(line) for line in recipients if one_line(line)),
            margins=(committee or Committee()).margins,
        )


def day_in_words(day):
    """`ngày 02 tháng 7 năm 2026`: a nought before days below 10 and before January and February."""
    if day is None:
        return f"ngày {GAP} tháng {GAP} năm {GAP}"
    month = f"{day.month:02d}" if day.month < 3 else day.month
    return f"ngày {day.day:02d} tháng {month} năm {day.year}"


def _recipient(line):
    """One place of “Nơi nhận”, whatever dash and comma its typist put around it."""
    return one_line(line).lstrip("-–+• ").rstrip(",;. ")


def letterhead_for(user, unit_key, form):
    """The header `user` writes under now, with the number and the day of a valid `WordingForm`."""
    return Letterhead.of(
        committee_for(user, unit_key),
        number=form.cleaned_data["number"],
        day=form.cleaned_data["day"],
    )
