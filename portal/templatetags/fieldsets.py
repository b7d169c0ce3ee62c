"""What a folded part of a form has to say while it is folded."""

from django import template

register = template.Library()


@register.filter
def has_errors(fieldset):
    """Whether a field in it was refused. Django's `is_collapsible` overlooks fields side by side."""
    return any(line.errors() for line in fieldset)


@register.filter
def filled_fields(fieldset):
    """Labels of its fields that hold something other than what every form begins with."""
    return [
        _low(field.field.label)
        for line in fieldset
        for field in line
        if not getattr(field, "is_readonly", False) and _is_filled(field.field)
    ]


def _is_filled(bound):
    value = bound.value()
    if isinstance(value, list | tuple):
        return any(value)
    begins_with = bound.field.initial
    return bool(value) and (begins_with is None or str(value) != str(begins_with))


def _low(label):
    return label[:1].lower() + label[1:]
