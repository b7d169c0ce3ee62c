"""What a report said at one of its earlier versions, names, photos and figures included; and the way
back to it.

Every save leaves a record of the report's own fields. What stands in other tables has records of its
own; a version is all of that as it stood when the next version began.
"""

from dataclasses import dataclass, field

from django.core.files.storage import default_storage
from django.db import transaction

from .models import Contribution, Figure, Person, Photo
from .search.index import refresh

# What an earlier version gives back of a row that stands in a table of its own.
WORDS = {
    Contribution: ("person_id", "role", "signed_as", "order"),
    Photo: ("caption", "alt", "credit_id", "credit_text", "order", "focal_x", "focal_y"),
    Figure: ("indicator", "value", "unit_of_measure", "sentence", "confirmed_by_id", "order"),
}
PARTS = tuple(WORDS)


@dataclass
class Snapshot:
    """`report` is never to be saved; `parts` holds the rows of each model of PARTS by their key."""

    report: object
    topics: set = field(default_factory=set)
    parts: dict = field(default_factory=dict)


def of_version(report, version):
    """The newest history record of this version of `report`, or None."""
    records = report.history.filter(version=version).order_by("-history_id")
    return records.first()


def snapshot(report, record):
    """What `report` said when `record` of its history was its newest."""
    following = report.history.filter(history_id__gt=record.history_id).order_by("history_id")
    until = following.values_list("history_date", flat=True).first()
    return Snapshot(
        report=record.instance,
        topics={row.topic_id for row in record.topics.all()},
        parts={model: parts_at(model, report, until) for model in PARTS},
    )


def current(report):
    """The same of `report` as it is stored."""
    return Snapshot(
        report=report,
        topics=set(report.topics.values_list("pk", flat=True)),
        parts={model: _rows(model, report) for model in PARTS},
    )


def blank(report):
    """What stood in the form before `report` was first saved: nothing."""
    return Snapshot(report=type(report)(unit=report.unit), parts={model: {} for model in PARTS})


def _rows(model, report):
    rows = model.objects.filter(report=report)
    if model is Figure:
        rows = rows.of_the_newsroom()
    else:
        rows = rows.select_related("person" if model is Contribution else "credit")
    return {row.pk: row for row in rows.order_by("order", "pk")}


def parts_at(model, report, until):
    """{key: row} as they stood before the moment `until`; None is now.

    Rows older than the history of their table stand for themselves.
    """
    stored = _rows(model, report)
    if until is None:
        return stored
    records = model.history.filter(report_id=report.pk).order_by("history_date", "history_id")
    if model is Figure:
        records = records.filter(at_desk=False)
    found, told = dict(stored), set()
    for record in records:
        if record.history_date < until:
            told.add(record.id)
            if record.history_type == "-":
                found.pop(record.id, None)
            else:
                found[record.id] = record.instance
        elif record.id not in told:
            # The first that is told of this row comes later: it was added then, or had stood before.
            told.add(record.id)
            if record.history_type == "+":
                found.pop(record.id, None)
            else:
                found[record.id] = record.instance
    return dict(sorted(found.items(), key=lambda item: (item[1].order, item[0])))


@transaction.atomic
def bring_back(report, record, *, names, by, deed):
    """Make `report` say what it said at `record`; sentences about what could not come back.

    `names`: the fields of its own that may come back. The caller has asked for the right, and has the
    report as its reader saw it: raises StaleReport when somebody saved since, ValidationError and
    UncleanableHtml when the earlier text is no longer possible.
    """
    then = snapshot(report, record)
    for name in names:
        attname = report._meta.get_field(name).attname
        setattr(report, attname, getattr(record, attname))
    report._history_user = by
    report._change_reason = deed
    report.full_clean()
    report.save()
    report.topics.set(report.topics.model.objects.filter(pk__in=then.topics))
    complaints = []
    for model in PARTS:
        complaints += _bring_back_rows(model, report, then.parts[model])
    refresh(report.pk)
    return complaints


def _bring_back_rows(model, report, wanted):
    complaints = []
    stored = _rows(model, report)
    for key in stored.keys() - wanted.keys():
        # The files of a photo stay: a later version may want it back.
        stored[key].delete()
    for key, then in wanted.items():
        _name_people_of_today(then)
        row = stored.get(key)
        if row is None:
            if complaint := _missing(model, then):
                complaints.append(complaint)
                continue
            row = _as_it_was(model, report, then)
        elif all(getattr(row, name) == getattr(then, name) for name in WORDS[model]):
            continue
        for name in WORDS[model]:
            setattr(row, name, getattr(then, name))
        row.save()
    return complaints


def _name_people_of_today(row):
    """Whoever was merged into somebody else since then is named as that person."""
    for name in ("person_id", "credit_id"):
        if key := getattr(row, name, None):
            person = Person.objects.known_by(key)
            setattr(row, name, person and person.pk)


def _missing(model, row):
    """Why a row that was removed cannot come back; empty when it can."""
    if model is Photo and not default_storage.exists(f"{row.folder}/goc.jpg"):
        return f"Ảnh “{row.caption or 'chưa có chú thích'}” không trở lại được: tệp ảnh đã xóa."
    if model is Contribution:
        name = row.signed_as or "một người"
        if row.person_id is None:
            return f"Không ghi lại được {name}: không còn trong danh sách tác giả."
        same = {"report_id": row.report_id, "person_id": row.person_id, "role": row.role}
        if Contribution.objects.filter(**same).exists():
            return f"Không ghi lại được {name}: nay đã gộp vào một người khác có tên trong bài."
    return ""


def _as_it_was(model, report, row):
    if model is not Photo:
        return model(report=report)
    return Photo(
        report=report, token=row.token, width=row.width, height=row.height,
        uploaded_by_id=row.uploaded_by_id,
    )  # fmt: skip
