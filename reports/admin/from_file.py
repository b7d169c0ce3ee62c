"""A Word file, or a paste, into a draft that is there already: what it would change, side by side; then
the form with all of it in its fields, not saved.

Nothing is stored here but the pictures, which wait as for any form. What a person then saves goes through
the form like anything typed, over the version that was compared; the text before stays in the history.
"""

from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods

from portal.text import one_line
from reports import versions
from reports.intake.forms import SourceForm
from reports.intake.names import is_nobody, is_organisation
from reports.intake.pictures import keep_pictures
from reports.intake.suggesting import suggestions_from
from reports.intake.who import find_people
from reports.models import ContributionRole, Photo
from reports.photos import waiting_pictures
from reports.rights import EDITABLE, may_edit, visible_events

from .conflict import WRITE_ON, writes_for
from .intake import article_of, still_missing
from .sides import Side, as_posted, write_rows

# Beside "Lưu nháp": keeps what is typed and leads here.
FROM_FILE = "_tu-tep"
# What a file says of a draft's other fields is taken only where the draft says nothing.
_WHERE_EMPTY = (
    "section", "organisation", "byline_organisation", "source_name", "event", "period_start",
    "period_end",
)  # fmt: skip
_ROLES = {
    "authors": ContributionRole.AUTHOR,
    "photographers": ContributionRole.PHOTOGRAPHER,
    "editors": ContributionRole.EDITOR,
    "informants": ContributionRole.INFORMANT,
}


class WithFile:
    """For the admin of reports, beside WithConflicts."""

    def get_urls(self):
        view = self.admin_site.admin_view(self.from_file_view)
        return [
            path("<path:object_id>/tu-tep/", view, name="reports_report_from_file"),
            *super().get_urls(),
        ]

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def from_file_view(self, request, object_id):
        """Step one asks for the file; its post shows both texts, with a button for each way to go on."""
        report = self.get_object(request, unquote(object_id))
        if report is None or not writes_for(request.user, report):
            raise Http404
        if report.status not in EDITABLE or not may_edit(request.user, report):
            raise PermissionDenied("Bài ở trạng thái này không sửa được.")
        if self.unsaved(request, report):
            self.message_user(
                request, "Bài này có chữ bạn gõ chưa lưu. Hãy lấy lại hoặc bỏ, rồi mới đưa tệp vào."
            )
            return HttpResponseRedirect(_form_of(report))
        sent = request.method == "POST"
        form = SourceForm(request.POST, request.FILES) if sent else SourceForm()
        article = article_of(form) if sent else None
        if article is None:
            context = self._about(request, report, form=form)
            return render(request, "admin/intake_source.html", context, status=400 if sent else 200)
        return self._both(request, report, article, form.cleaned_data["photos"])

    def _both(self, request, report, article, photos):
        found = suggestions_from(article)
        kept, complaints = keep_pictures(article, by=request.user, uploads=photos)
        waiting = still_missing(found.captions, kept, photos)
        taking = Taking(self._drawn(request, report), report, found.initial, kept, request.user)
        whole = taking.payload("title", "lead", "body")
        stored = versions.current(report)
        context = self._about(
            request,
            report,
            conflict=self.conflict_of(request, report, stored, whole),
            warnings=[
                *found.warnings, *complaints, *taking.notes,
                *(f"Chú thích chưa có ảnh: “{words}”" for words in waiting if words),
            ],
            removed=found.removed,
            ways=[
                _Way("Thay bằng chữ trong tệp", "Tít, sapo và toàn văn theo tệp; bản đang có vẫn còn "
                     "trong Lịch sử, so sánh và khôi phục được.", whole),
                _Way("Nối vào cuối bài", "Giữ tít, sapo và chữ đang có; sapo và toàn văn của tệp đứng "
                     "tiếp sau.", taking.appended()),
                _Way("Chỉ lấy ảnh và tên", "Không đổi chữ nào; thêm ảnh, chú thích, người thực hiện.",
                     taking.payload()),
            ],
        )  # fmt: skip
        return TemplateResponse(request, "admin/reports/report/from_file.html", context)

    def _about(self, request, report, **context):
        return {
            **self.admin_site.each_context(request),
            "title": "Đưa tệp Word vào bài này",
            "opts": self.opts,
            "report": report,
            "here": _form_of(report),
            "write_on": WRITE_ON,
            **context,
        }

    def _drawn(self, request, report):
        """The form of `report` as it stands, as a Side."""
        row_classes = self.row_classes(request, report)
        form_class = self.get_form(request, report, change=False)
        return Side(form_class, row_classes, versions.current(report))


class _Way:
    """A button: its words, what it does, and the form it fills."""

    def __init__(self, label, help, payload):
        self.label, self.help = label, help
        self.fields = [(name, value) for name, values in payload.lists() for value in values]


class Taking:
    """What a file brings into the form `drawn`; `notes` say what it cannot bring."""

    def __init__(self, drawn, report, found, pictures, user):
        self.drawn, self.report, self.found, self.notes = drawn, report, dict(found), []
        self.people = find_people(
            [name for role in _ROLES for name in found[role]]
            + [_name_in(picture.credit) for picture in pictures],
            report.unit_id,
        )
        self.unknown = []
        self.contributions = self._contributions()
        self.photos = self._photos(pictures, user)
        if self.unknown:
            names = ", ".join(dict.fromkeys(self.unknown))
            self.notes.append(
                f"Chưa có trong danh sách tác giả: {names}. Sau khi lấy tệp, thêm ở “Người thực hiện” "
                "bằng nút dấu cộng."
            )
        period = found["period"]
        self.found |= {
            "event": self._event(user),
            "period_start": period and period.start,
            "period_end": period and period.end,
        }

    def payload(self, *names):
        """What the form would send with the people and photos of the file in it, and these fields."""
        payload = QueryDict(mutable=True)
        for name, values in as_posted(self.drawn.main).items():
            payload.setlist(name, values)
        taken = {name: self.found[name] for name in names if self.found[name]}
        for name in _WHERE_EMPTY:
            if name in self.drawn.main.fields and not self.drawn.main[name].value():
                taken[name] = self.found[name]
        for name, value in taken.items():
            shown = self.drawn.main.fields[name].widget.format_value(getattr(value, "pk", value))
            payload[name] = shown[0] if isinstance(shown, list) else shown or ""
        for prefix, rows in self.drawn.rows.items():
            stored = [{**as_posted(row), "id": [str(key)]} for key, row in rows.items()]
            new = {"contributions": self.contributions, "photos": self.photos}.get(prefix, [])
            write_rows(payload, prefix, stored + new, self.report.pk)
        return payload

    def appended(self):
        """The same, with lead and text behind what is there."""
        payload = self.payload()
        lead = self.found["lead"]
        if lead and not payload["lead"]:
            payload["lead"], lead = lead, ""
        first = format_html("<p>{}</p>", lead) if lead else ""
        texts = (payload["body"], first, self.found["body"])
        payload["body"] = "\n".join(text for text in texts if text)
        return payload

    def _contributions(self):
        stored = {
            (row.instance.role, row.instance.person_id)
            for row in self.drawn.rows["contributions"].values()
        }
        rows = []
        for field, role in _ROLES.items():
            for name in self.found[field]:
                person = self._person(name)
                if person and (role, person.pk) not in stored:
                    stored.add((role, person.pk))
                    signed = "" if person.name == one_line(name) else one_line(name)
                    rows.append(
                        {"role": [role], "person": [str(person.pk)], "signed_as": [signed], "place": [""]}
                    )  # fmt: skip
        return rows

    def _person(self, name):
        name = one_line(name)[:120]
        candidates = self.people.get(name)
        if candidates and candidates.same:
            return candidates.same[0]
        if name:
            self.unknown.append(name)
        return None

    def _photos(self, pictures, user):
        waiting = waiting_pictures([picture.token for picture in pictures], by=user)
        stored = list(Photo.objects.filter(report=self.report))
        rows, again, small = [], 0, 0
        for picture in pictures:
            if picture.note:
                small += 1
            elif any(_is_twin(waiting[picture.token], photo) for photo in stored):
                again += 1
            else:
                rows.append(self._photo(picture))
        if again:
            self.notes.append(f"{again} ảnh trong tệp đã có trong bài nên không thêm lần nữa.")
        if small:
            self.notes.append(
                f"{small} ảnh trong tệp nhỏ như biểu trưng hoặc lặp lại nên không lấy. Cần thì thêm ở "
                "phần Ảnh của bài."
            )
        return rows

    def _photo(self, picture):
        words = one_line(picture.credit)
        agency, person = words, None
        if words and not (is_organisation(words) or is_nobody(words)):
            person = self._person(_name_in(words))
            agency = words.partition("/")[2].strip() if person else words
        return {
            "kept": [picture.token],
            "caption": [picture.caption[:400]],
            "alt": [picture.alt[:300]],
            "credit": [str(person.pk) if person else ""],
            "credit_text": [agency[:120]],
            "focal_x": [""],
            "focal_y": [""],
            "place": [""],
        }

    def _event(self, user):
        """The one event of that day in the same unit; a person adds a new one."""
        day = self.found["held_on"]
        if not day or self.report.event_id:
            return None
        events = visible_events(user).filter(unit=self.report.unit_id, event_on=day)[:2]
        if len(events) == 1:
            return events[0]
        self.notes.append(
            f"Tệp kể việc ngày {day:%d/%m/%Y} mà bài chưa gắn sự kiện: hãy chọn ở ô “Sự kiện”."
        )
        return None


def _name_in(credit):
    return one_line((credit or "").partition("/")[0])[:120]


def _is_twin(waiting, photo):
    """Whether both show the same picture: we make the same bytes of the same file."""
    if (waiting.width, waiting.height) != (photo.width, photo.height):
        return False
    names = [f"{picture.folder}/goc.jpg" for picture in (waiting, photo)]
    try:
        sizes = {default_storage.size(name) for name in names}
        return len(sizes) == 1 and _bytes_of(names[0]) == _bytes_of(names[1])
    except FileNotFoundError:
        return False


def _bytes_of(name):
    with default_storage.open(name) as file:
        return file.read()


def _form_of(report):
    return reverse("admin:reports_report_change", args=[report.pk])
