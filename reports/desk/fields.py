"""Fields of the desk that find a unit or a person by name."""

import re

from django import forms
from django.utils import timezone

from portal.text import one_line
from reports.filter_form import PERSON_ID, UnitField
from reports.models import Person

NUMBERED = re.compile(r".*#(\d{1,9})", re.ASCII)
SHOWN = 6
# No name is longer.
LONGEST = 200


class NamedUnitField(UnitField):
    """A unit by key or name; of several with the name the message lists them."""

    def to_python(self, value):
        try:
            return super().to_python(one_line(value or "")[:LONGEST])
        except forms.ValidationError as error:
            if error.code != "several":
                raise
            found = [unit.full_name_on() for unit in error.params["candidates"][:SHOWN]]
            raise forms.ValidationError(
                f"Có nhiều đơn vị tên ấy. Hãy gõ rõ hơn, ví dụ: {'; '.join(found)}.", code="several"
            ) from None


class NamedPersonField(forms.CharField):
    """Somebody with a published work, by name or pen name; `Minh Ngọc #12` tells namesakes apart."""

    def to_python(self, value):
        text = one_line(super().to_python(value) or "")[:LONGEST]
        if not text:
            return None
        public = Person.objects.published(timezone.now()).select_related("organisation")
        number = NUMBERED.fullmatch(text) or PERSON_ID.fullmatch(text)
        found = list(public.filter(pk=number[1]) if number else public.named(text)[: SHOWN + 1])
        if not found:
            raise forms.ValidationError(
                f"Chưa có bài nào đã đăng ghi tên “{text}”.", code="unknown"
            )
        if len(found) > 1:
            choices = "; ".join(
                f"{person.name} #{person.pk}"
                + (f" ({person.organisation.name})" if person.organisation else "")
                for person in found[:SHOWN]
            )
            raise forms.ValidationError(
                f"Có nhiều người tên ấy. Hãy gõ cả số: {choices}.", code="several"
            )
        return found[0]
