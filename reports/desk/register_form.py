"""The form of a row of the register; errors stand beside their field, nothing typed is lost."""

from datetime import date

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.utils import timezone

from portal.paging import page_number
from portal.templatetags.vietnamese import first_capital
from portal.text import fold, one_line
from reports.filter_form import DayField, UnitField
from reports.form_fields import Described, PlainField
from reports.models import HolderKind, Initiative, InitiativeStep
from reports.models.register import FIRST_YEAR, LAST_YEAR
from units import registry
from units.models import Unit

from .access import kept_units
from .register import named_on
from .turns import beside

LONGEST_DESCRIPTION, LONGEST_NAME = 4000, 200
# So many of a name are looked at, and so many are named.
MOST_MATCHES, SHOWN = 60, 6


class KeptUnitField(UnitField):
    """A unit whose book the user keeps, by key or by a name that is clear among those.

    With a `year`, a name means first whoever bore it then.
    """

    keys = year = None

    def to_python(self, value):
        text = one_line(forms.CharField.to_python(self, value))[:LONGEST_NAME]
        if not text:
            return None
        units = Unit.objects.all() if self.keys is None else Unit.objects.filter(pk__in=self.keys)
        if found := units.filter(pk=text[:12]).select_related("parent").first():
            return found
        found = list(units.matching(text)[:MOST_MATCHES])
        if self.year:
            found = [unit for unit in found if lived_in(unit, self.year)] or found
        typed = fold(text)
        exact = [u for u in found if typed in (fold(u.name), fold(u.full_name_on()), fold(str(u)))]
        if not found:
            raise forms.ValidationError(
                f"Không có đơn vị “{text}” trong các đơn vị bạn giữ sổ.", code="unknown"
            )
        if len(found) > 1 and len(exact) != 1:
            names = "; ".join(str(unit) for unit in found[:SHOWN])
            raise forms.ValidationError(
                f"Có nhiều đơn vị tên ấy, hãy gõ đầy đủ: {names}.", code="several"
            )
        return exact[0] if len(exact) == 1 else found[0]


def lived_in(unit, year):
    born, died = registry.current().life(unit.pk)
    return born <= named_on(year) and died > date(year, 1, 1)


def check_year(unit, year):
    """Raise a ValidationError unless the unit existed in the year."""
    if not lived_in(unit, year):
        raise forms.ValidationError(f"Năm {year} không có {unit.name_on()}.")


def _line(longest, **options):
    messages = {
        "required": "Hãy ghi mục này.",
        "max_length": f"Dài quá {longest} chữ cái.",
    }
    return PlainField(max_length=longest, error_messages=messages, **options)


def _choice(field, *, required=True, empty="– chưa chọn –"):
    choices = [(value, first_capital(label)) for value, label in field.choices if value]
    return forms.ChoiceField(
        label=first_capital(field.verbose_name),
        choices=[("", empty), *choices],
        required=required,
        error_messages={
            "required": "Hãy chọn một mục.",
            "invalid_choice": "Không có mục này trong danh sách.",
        },
    )


def _of(name):
    return Initiative._meta.get_field(name)


def typed_year(text):
    """The year somebody typed, or None where it is none of the register's."""
    year = page_number(text)
    return year if year and FIRST_YEAR <= year <= LAST_YEAR else None


class InitiativeForm(Described, forms.ModelForm):
    """`user` may only choose units whose book they keep; a row that exists keeps its unit."""

    name = _line(300, label="Tên mô hình, điển hình", help_text=_of("name").help_text)
    field = _choice(_of("field"))
    holder_kind = _choice(_of("holder_kind"))
    holder_name = _line(
        200,
        label="Tập thể, cá nhân thực hiện",
        required=False,
        help_text=_of("holder_name").help_text,
    )
    unit = KeptUnitField(
        label="Đơn vị",
        help_text="Đơn vị đăng ký, giữ mãi. Gõ tên không dấu cũng được. Ví dụ: xa thoai son",
        error_messages={"required": "Hãy ghi đơn vị."},
    )
    registered_year = forms.IntegerField(
        label="Năm đăng ký",
        widget=forms.TextInput(attrs={"inputmode": "numeric", "maxlength": 4}),
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        help_text="Ví dụ: 2026",
        error_messages={
            "required": "Hãy ghi năm.",
            "invalid": "Năm gồm bốn chữ số. Ví dụ: 2026.",
            "min_value": f"Năm đăng ký từ {FIRST_YEAR} đến {LAST_YEAR}.",
            "max_value": f"Năm đăng ký từ {FIRST_YEAR} đến {LAST_YEAR}.",
        },
    )
    step = _choice(_of("step"))
    recognised_level = _choice(_of("recognised_level"), required=False)
    recognised_on = DayField(
        label="Ngày công nhận", required=False, help_text=_of("recognised_on").help_text
    )
    decision_number = _line(
        60, label="Số quyết định", required=False, help_text=_of("decision_number").help_text
    )
    dropped_reason = _line(
        300,
        label="Lý do thôi",
        required=False,
        help_text="Chỉ khi thôi thực hiện. Ví dụ: tổ đã sáp nhập",
    )
    description = _line(
        LONGEST_DESCRIPTION,
        is_one_line=False,
        label="Mô tả",
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_of("description").help_text,
    )

    class Meta:
        model = Initiative
        fields = (
            "name", "field", "holder_kind", "holder_name", "unit", "registered_year", "step",
            "recognised_level", "recognised_on", "decision_number", "dropped_reason", "description",
        )  # fmt: skip

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, auto_id="mh-%s", label_suffix="", **kwargs)
        if self.instance.pk:
            del self.fields["unit"]
        else:
            self.fields["unit"].keys = kept_units(user)
            self.fields["unit"].year = typed_year(self.data.get("registered_year", ""))
        self.describe()

    def _get_validation_exclusions(self):
        # What the form does not ask, but constraints do.
        unasked = {"recognised_year", "folded_name"} | ({"unit"} if self.instance.pk else set())
        return super()._get_validation_exclusions() - unasked

    def clean(self):
        data = super().clean()
        unit = data.get("unit") or (self.instance.unit if self.instance.pk else None)
        if unit and (year := data.get("registered_year")):
            try:
                check_year(unit, year)
            except forms.ValidationError as error:
                self.add_error("registered_year", error)
        return data

    def _update_errors(self, errors):
        # What only a constraint can see (the same name twice) belongs to the name.
        if not hasattr(errors, "error_dict"):
            errors = forms.ValidationError({NON_FIELD_ERRORS: errors})
        if NON_FIELD_ERRORS in errors.error_dict:
            beside = errors.error_dict.pop(NON_FIELD_ERRORS)
            if not self.errors and not errors.error_dict:
                errors.error_dict["name"] = beside
        if errors.error_dict:
            super()._update_errors(errors)

    def same_by(self, user):
        """The row `user` wrote that says just this: the form of a new row was sent twice. Else None."""
        data = self.cleaned_data
        if list(self.errors) != ["name"] or not all(
            data.get(name) for name in ("unit", "registered_year")
        ):
            return None
        name = one_line(self["name"].value() or "")
        stored = Initiative.objects.filter(
            unit=data["unit"],
            registered_year=data["registered_year"],
            folded_name=fold(name),
            created_by=user,
        ).first()
        if stored is None or stored.name != name:
            return None
        data["name"] = name
        return None if beside(self, stored) else stored


def first_values(user, units, today=None):
    """What an empty form begins with: one's own unit, this year, a group that has just registered."""
    today = today or timezone.localdate()
    return {
        "unit": str(units[0]) if units else "",
        "registered_year": today.year,
        "holder_kind": HolderKind.GROUP,
        "step": InitiativeStep.REGISTERED,
    }
