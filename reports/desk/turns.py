"""Two people at one form of the desk: what is stored, beside what was typed (decision 0030).

The form carries the version its person has seen (hidden `version`); where the stored one is newer the
answer is 409 with the form as it was typed, and `desk/stale.html` above it.
"""

from datetime import date

from portal.text import one_line, plain_text

EMPTY = "(để trống)"


def beside(form, stored):
    """[(label, words)] of what `stored` says otherwise than the form, which has been validated."""
    found = []
    for name, field in form.fields.items():
        theirs, mine = getattr(stored, name), form.cleaned_data.get(name)
        if _said(theirs) == _said(mine):
            continue
        shown = dict(getattr(field, "choices", ())).get(theirs, theirs)
        if isinstance(theirs, date):
            shown = f"{theirs:%d/%m/%Y}"
        found.append((field.label, EMPTY if shown in (None, "") else shown))
    return found


def _said(value):
    """Without the spaces that saving tidies, and what is empty as nothing."""
    if isinstance(value, str):
        value = [line for each in plain_text(value).splitlines() if (line := one_line(each))]
    return None if value in ([], "") else value
