"""The form of a report as three people hold it: as it was opened, as it is stored, as it was typed.

Everything is compared and put together as a browser sends it, so that what comes out of it goes through
the form like anything else and opens no side door.
"""

from dataclasses import dataclass

from django import forms
from django.utils.datastructures import MultiValueDict

from portal.text import one_line
from reports.cleaning import UncleanableHtml, clean_html
from reports.models import Contribution, Figure, Photo
from reports.two_texts import merge_texts

from .changes import NOTHING, marked_parts

# A place says nothing about a row by itself, and moving one row moves the others.
UNCOMPARED = {"place", "focal_x", "focal_y"}
# What only carries the form along.
CARRIERS = {"version", "once_key"}


@dataclass
class Difference:
    """One thing both texts say differently; `who` changed it: `both`, `mine` or `theirs`.

    `parts` is [(theirs, mine), …] as `changes.marked_parts` makes them.
    """

    label: str
    parts: list
    who: str = "both"


class Side:
    """The form over a `versions.Snapshot`: `main`, and `rows[prefix][key]`, all unbound."""

    def __init__(self, form_class, row_classes, snapshot):
        self.snapshot = snapshot
        initial = {"topics": list(snapshot.topics)}
        self.main = form_class(instance=snapshot.report, initial=initial)
        self.rows = {
            prefix: {
                key: row_class(instance=row, prefix=f"{prefix}-0")
                for key, row in snapshot.parts[model].items()
            }
            for prefix, (model, row_class) in row_classes.items()
        }


def as_posted(form):
    """{name: [value, …]} as a browser sends `form` as it is drawn, names without the form's prefix."""
    cut = len(form.prefix) + 1 if form.prefix else 0
    posted = {}
    for bound in form:
        for name, values in _posted(bound.field.widget, bound.html_name, bound.value()):
            posted[name[cut:]] = [str(value) for value in values]
    return posted


def _posted(widget, name, value):
    widget = getattr(widget, "widget", widget)  # the admin wraps what has a "+" beside it
    if isinstance(widget, forms.FileInput):
        return
    if isinstance(widget, forms.MultiWidget):
        values = value if isinstance(value, list) else widget.decompress(value)
        for part, suffix, one in zip(widget.widgets, widget.widgets_names, values, strict=False):
            yield from _posted(part, name + suffix, one)
    elif isinstance(widget, forms.CheckboxInput):
        if widget.check_test(value):
            yield name, ["on"]
    else:
        shown = widget.format_value(value)
        yield name, shown if isinstance(shown, list | tuple) else ["" if shown is None else shown]


def differs(bound, over):
    """Whether the bound field says something else than the same field of an unbound form."""
    data, initial = bound.data, over.initial
    if bound.name == "body":
        return _cleaned(data) != _cleaned(initial)
    if type(bound.field) is forms.CharField:
        return one_line(data) != one_line(initial)
    return bound.field.has_changed(initial, data)


def _cleaned(html):
    try:
        return clean_html(html)
    except UncleanableHtml:
        return html  # too much for us: it is shown as letters and refused by the form


class Conflict:
    """What was typed (`payload`, a QueryDict without files) beside `base` and `theirs`, two Sides.

    `mine` and `merged` are payloads for the same form: all that was typed, over what is stored now;
    and the changes of both, or None where both changed one thing differently.
    """

    def __init__(self, payload, base, theirs, form_class, row_classes):
        self.payload, self.base, self.theirs = payload, base, theirs
        self.row_classes = row_classes
        self.form = form_class(payload, instance=theirs.snapshot.report)
        self.differences, self.notes, self.both = [], [], False
        self.mine, self.merged = payload.copy(), payload.copy()
        self._compare_main()
        for prefix in row_classes:
            self._compare_rows(prefix)
        if self.both:
            self.merged = None

    # --- the report's own fields ----------------------------------------------------------------

    def _compare_main(self):
        changed, elsewhere = set(), set()
        stored = {field.name for field in self.form._meta.model._meta.get_fields()}
        fields = [name for name in self.form.fields if name in stored - CARRIERS]
        for name in fields:
            base, theirs = self.base.main[name], self.theirs.main[name]
            if differs(self.form[name], base):
                changed.add(name)
            if self._moved(name):
                elsewhere.add(name)
            if not differs(self.form[name], theirs):
                continue
            both = name in changed and name in elsewhere
            if both and not (name == "body" and self._merge_body()):
                self.both = True
            who = "both" if both else "mine" if name in changed else "theirs"
            label = theirs.label or name
            texts = shown(theirs), shown(self.form[name])
            self._tell(label, *texts, who, html=name == "body")
        posted = as_posted(self.theirs.main)
        for name in fields:
            if name in elsewhere and name not in changed:
                take_over(self.merged, name, posted)

    def _moved(self, name):
        """Whether the other person changed this field."""
        if name == "topics":
            return self.base.snapshot.topics != self.theirs.snapshot.topics
        attname = self.form._meta.model._meta.get_field(name).attname
        base, theirs = (getattr(side.snapshot.report, attname) for side in (self.base, self.theirs))
        return base != theirs

    def _merge_body(self):
        texts = (
            self.base.main["body"].initial,
            self.form["body"].data,
            self.theirs.main["body"].initial,
        )
        merged = merge_texts(*(_cleaned(text) for text in texts))
        if merged is not None:
            self.merged["body"] = merged
        return merged is not None

    def _tell(self, label, theirs, mine, who, *, html=False):
        self.differences.append(Difference(label, marked_parts(theirs, mine, html=html), who))

    # --- rows: people, photos, figures ----------------------------------------------------------

    def _compare_rows(self, prefix):
        model, row_class = self.row_classes[prefix]
        stored, before = self.theirs.rows[prefix], self.base.rows[prefix]
        mine, merged, met = [], [], set()
        rows = typed_rows(self.payload, prefix)
        known = {_key(row.get("id")) for row in rows}
        fresh = {key: as_posted(row) for key, row in stored.items() if key not in known}
        for row in rows:
            key = _key(row.get("id"))
            if key is None and (twin := _twin(row, fresh, stored)):
                del fresh[twin]
                key, row = twin, {**row, "id": [str(twin)]}
            if key in stored:
                met.add(key)
                mine.append(row)
                merged.append(self._merge_row(prefix, row, before.get(key), stored[key]))
            elif key is not None:
                back = self._removed_row(prefix, row, before.get(key))
                mine += [back] if back else []
            elif _says_something(row):
                self._tell(_name_of(model), NOTHING, _said(row_class, row), "mine")
                mine.append(row)
                merged.append(row)
        for key, row in stored.items():
            if key not in met and key not in before:
                self._tell(_name_of(model), _said_by(row), NOTHING, "theirs")
            if key not in met:
                posted = {**as_posted(row), "id": [str(key)]}
                mine.append(posted)
                merged.append(posted)
        write_rows(self.mine, prefix, mine, self.theirs.snapshot.report.pk)
        write_rows(self.merged, prefix, merged, self.theirs.snapshot.report.pk)

    def _merge_row(self, prefix, row, before, stored):
        model, row_class = self.row_classes[prefix]
        posted = as_posted(stored)
        label = f"{_name_of(model)} “{_said_by(stored)}”"
        bound = bind(row_class, row, instance=stored.instance)
        if before is None:  # both came in at once with the same thing
            before = stored
        if "DELETE" in row:
            theirs = _as_bound(stored, posted)
            moved = any(differs(theirs[name], before[name]) for name in before.fields)
            self.both = self.both or moved
            self._tell(label, _said_by(stored), "(bỏ)", "both" if moved else "mine")
            return {**posted, "id": row["id"], "DELETE": row["DELETE"]}
        merged = MultiValueDict(row)
        theirs = _as_bound(stored, posted)
        for name in stored.fields:
            changed, moved = differs(bound[name], before[name]), differs(theirs[name], before[name])
            if moved and not changed:
                take_over(merged, name, posted)
            if not differs(bound[name], stored[name]) or name in UNCOMPARED:
                continue
            both = changed and moved
            self.both = self.both or both
            who = "both" if both else "mine" if changed else "theirs"
            self._tell(
                f"{label}: {bound[name].label}", shown(stored[name]), shown(bound[name]), who
            )
        return dict(merged.lists())

    def _removed_row(self, prefix, row, before):
        """A row the other person removed, as a new one where that is possible; or None."""
        model, row_class = self.row_classes[prefix]
        if "DELETE" in row or before is None:
            return None
        bound = bind(row_class, row, instance=before.instance)
        changed = any(differs(bound[name], before[name]) for name in before.fields)
        words = _said(row_class, row)
        self.both = self.both or changed
        if model is Photo:
            if changed:
                self.notes.append(
                    "Người kia đã bỏ một ảnh bạn đang sửa lời. Muốn dùng lại, hãy thêm lại ảnh ấy; "
                    f"lời bạn gõ: {words}"
                )
            else:
                self._tell(_name_of(model), "(đã bỏ)", words, "theirs")
            return None
        self._tell(_name_of(model), "(đã bỏ)", words, "both" if changed else "theirs")
        return {name: values for name, values in row.items() if name not in ("id", "report")}


def bind(row_class, row, **options):
    """A row's form over what was typed into it."""
    data = MultiValueDict({f"r-{name}": values for name, values in row.items()})
    return row_class(data, prefix="r", **options)


def _as_bound(row, posted):
    return bind(type(row), posted, instance=row.instance)


def take_over(payload, name, posted):
    """Let the field `name` of a payload say what `posted` says."""
    mine = [key for key in payload if key == name or _is_part(key, name)]
    for key in mine:
        del payload[key]
    for key, values in posted.items():
        if key == name or _is_part(key, name):
            payload.setlist(key, values)


def _is_part(key, name):
    return key.startswith(f"{name}_") and key[len(name) + 1 :].isdigit()


def typed_rows(payload, prefix):
    """The rows of a payload: [{name: [value, …]}, …], in their order."""
    rows = {}
    for key in payload:
        head, _, rest = key.partition("-")
        number, _, name = rest.partition("-")
        if head == prefix and name and number.isascii() and number.isdigit() and len(number) < 5:
            rows.setdefault(int(number), {})[name] = payload.getlist(key)
    return [row for _, row in sorted(rows.items())]


def write_rows(payload, prefix, rows, report_key):
    """Put `rows` into a payload in place of those it has: stored ones first, as Django wants them."""
    for key in [key for key in payload if key.startswith(f"{prefix}-")]:
        del payload[key]
    stored = [row for row in rows if _key(row.get("id")) is not None]
    ordered = [*stored, *(row for row in rows if _key(row.get("id")) is None)]
    counts = {"TOTAL_FORMS": len(ordered), "INITIAL_FORMS": len(stored)}
    for name, count in {**counts, "MIN_NUM_FORMS": 0, "MAX_NUM_FORMS": 1000}.items():
        payload[f"{prefix}-{name}"] = str(count)
    for number, row in enumerate(ordered):
        for name, values in row.items():
            payload.setlist(f"{prefix}-{number}-{name}", values)
        if number < len(stored):
            payload[f"{prefix}-{number}-report"] = str(report_key)


def _key(values):
    text = values[-1] if values else ""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 18 else None


def _says_something(row):
    silent = {"place", "role", "id", "report", "focal_x", "focal_y", "DELETE"}
    return any(any(values) for name, values in row.items() if name not in silent)


def _twin(row, fresh, stored):
    """The key of a row that came in meanwhile and is this one: the same request sent twice."""
    kept = row.get("kept", [""])[-1]
    for key, posted in fresh.items():
        if kept and kept == getattr(stored[key].instance, "token", None):
            return key
        mine = {name: values for name, values in row.items() if name in posted and name != "place"}
        if not kept and mine and all(posted[name] == values for name, values in mine.items()):
            return key
    return None


def _name_of(model):
    return {Contribution: "người thực hiện", Photo: "ảnh", Figure: "số liệu"}[model]


def _said(row_class, row):
    bound = bind(row_class, row)
    return _words_of(bound)


def _said_by(row):
    return _words_of(row)


def _words_of(form):
    words = [
        shown(bound)
        for bound in form
        if bound.name not in (*UNCOMPARED, "upload", "kept", "id", "report", "DELETE", "confirmed")
    ]
    return ", ".join(word for word in words if word != NOTHING) or "chưa ghi lời"


def shown(bound):
    """The words a field of a form shows, bound or not."""
    value, field = bound.value(), bound.field
    if isinstance(field, forms.ModelMultipleChoiceField | forms.ModelChoiceField):
        keys = value if isinstance(value, list | tuple | set) else [value]
        keys = [str(key) for key in keys if key not in (None, "")]
        try:
            found = field.queryset.model._base_manager.filter(pk__in=keys)
            return ", ".join(sorted(str(one) for one in found)) or NOTHING
        except (ValueError, TypeError, OverflowError):
            return ", ".join(keys)
    if isinstance(field, forms.ChoiceField):
        choices = dict(field.choices)
        return str(choices.get(value, value)) if value else NOTHING
    if isinstance(field, forms.BooleanField):
        return "có" if value else "không"
    words = [" ".join(values) for _, values in _posted(field.widget, "", value)]
    return " ".join(filter(None, words)) or NOTHING
