"""The forms behind the fee pages: one small form for each part of a work, and the payment."""

from django import forms
from django.utils import timezone

from reports.fees.rules import plain
from reports.fees.scoring import Score, ScoreRefused, check, give
from reports.number_field import VietnameseNumberField


class PartForm(forms.Form):
    """The coefficient of one part; left empty it is not scored yet.

    `seen` is what was stored when the page was drawn: of two people who score the same work, the
    second is told.
    """

    coefficient = VietnameseNumberField(
        label="Hệ số", required=False, max_digits=5, decimal_places=2
    )
    waived = forms.BooleanField(label="Không trả", required=False)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, part, **kwargs):
        super().__init__(*args, prefix=f"{part.report.pk}-{part.kind}", **kwargs)
        self.part = part
        scored = part.is_scored
        stored = next(iter(part.scores.values()), None)
        self.initial = {
            "coefficient": stored.coefficient
            if scored and not part.is_waived
            else part.range.usual,
            "waived": part.is_waived,
            "seen": _signature(part),
        }
        what = f"“{part.report.title}”"
        self.fields["coefficient"].widget.attrs |= {"aria-label": f"Hệ số, {what}", "size": 5}
        self.fields["waived"].widget.attrs["aria-label"] = f"Không trả, {what}"
        self.sharers = part.payees if part.is_shared else []
        usual = part.usual_shares()
        for payee in self.sharers:
            name, person = self._share_name(payee), payee.person
            self.fields[name] = VietnameseNumberField(
                label=person.name, required=False, max_digits=5, decimal_places=2
            )
            self.fields[name].widget.attrs |= {
                "aria-label": f"Phần của {person.name} (%), {what}",
                "size": 4,
            }
            self.initial[name] = part.scores[person.pk].share if scored else usual[person.pk]

    @staticmethod
    def _share_name(payee):
        return f"share-{payee.person.pk}"

    @property
    def shares(self):
        """The bound fields of the shares, in the byline's order."""
        return [self[self._share_name(payee)] for payee in self.sharers]

    def clean(self):
        cleaned = super().clean()
        if self.errors:
            return cleaned
        self.score = self._score(cleaned)
        if self.score is None:
            return cleaned
        try:
            check(self.part, self.score)
        except ScoreRefused as refused:
            if refused.field == "shares" and self.sharers:
                self.add_error(self._share_name(self.sharers[0]), str(refused))
            else:
                self.add_error("coefficient", str(refused))
            return cleaned
        self._notice_another_hand(cleaned)
        return cleaned

    def _score(self, cleaned):
        """What was typed, or None for a part that is left for later."""
        if cleaned.get("waived"):
            return Score(None, {}, waived=True)
        if cleaned.get("coefficient") is None:
            return None
        shares = {
            payee.person.pk: cleaned.get(self._share_name(payee)) or 0 for payee in self.sharers
        }
        return Score(cleaned["coefficient"], shares)

    def _notice_another_hand(self, cleaned):
        now = _signature(self.part)
        if cleaned.get("seen", "") == now:
            return
        self.data = self.data.copy()
        self.data[self.add_prefix("seen")] = now
        self.add_error(
            "coefficient",
            f"Người khác vừa chấm: {_stored_words(self.part)}. Lưu lần nữa là lấy số của bạn.",
        )

    def save(self, by):
        """Whether a score changed."""
        return self.score is not None and give(self.part, self.score, by=by)


def _signature(part):
    return ";".join(
        f"{key}:{score.coefficient}:{score.share}" for key, score in sorted(part.scores.items())
    )


def _stored_words(part):
    stored = next(iter(part.scores.values()), None)
    if stored is None:
        return "chưa có điểm nào"
    return f"hệ số {plain(stored.coefficient)}" if stored.coefficient else "không trả"


class PaidForm(forms.Form):
    paid_on = forms.DateField(
        label="Chi ngày", help_text="Ví dụ: 05/09/2026", widget=forms.DateInput(attrs={"size": 10})
    )
    voucher = forms.CharField(
        label="Số chứng từ", max_length=60, help_text="Số phiếu chi hoặc ủy nhiệm chi. Ví dụ: PC 12"
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].initial = timezone.localdate()
