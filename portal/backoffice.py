"""The back office: Django's admin site in our words, starting with "Việc của tôi"."""

from functools import partial

from django.contrib.admin import AdminSite
from django.contrib.admin.views.autocomplete import AutocompleteJsonView
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, path, reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal import errors
from portal.models import SiteProfile
from portal.paging import COUNT_CAP, CappedCount
from portal.sign_in import SignInForm
from portal.templatetags.vietnamese import number
from reports.desk.access import may_enter
from reports.models import FeedbackKind
from reports.rights import edits_somewhere, known_units, writable_units
from reports.tasks import feedback_awaiting, lacks_of, tasks_of

ROOT = "/quan-tri/"
ROWS_PER_TASK = 5
# The task whose rows are past a day the law sets.
LATE = "nhuan-but"


class BackOfficeSite(AdminSite):
    site_header = "Cổng thông tin Dân vận"
    site_title = "Quản trị"
    index_title = "Việc của tôi"
    site_url = "/"
    empty_value_display = "–"
    enable_nav_sidebar = False
    login_form = SignInForm

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Deleting many things with one click is no task anybody has here.
        self.disable_action("delete_selected")

    def each_context(self, request):
        context = super().each_context(request)
        context["office"] = SimpleLazyObject(SiteProfile.current)
        context["office_nav"] = self._nav(request) if context["has_permission"] else []
        if context["has_permission"]:
            from reports.admin.alert_pages import unseen_alerts

            context["alert_count"] = SimpleLazyObject(partial(unseen_alerts, request.user))
        return context

    def _nav(self, request):
        """The lists this person works with; administration stands on the start page."""
        home = reverse("admin:index")
        entries = [{"label": "Việc", "url": home, "here": request.path == home}]
        for app_label, name, label in (
            ("reports", "report", "Bài"),
            ("reports", "event", "Sự kiện"),
            ("reports", "feedback", "Bạn đọc"),
            ("reports", "person", "Tác giả"),
            ("reports", "organisation", "Tổ chức"),
            ("reports", "feesheet", "Nhuận bút"),
            ("auth", "user", "Tài khoản"),
        ):
            if self._of(app_label, name).has_module_permission(request):
                url = reverse(f"admin:{app_label}_{name}_changelist")
                here = request.path.startswith(url)
                entries.append({"label": label, "url": url, "here": here})
        if known_units(request.user) != set():
            url = reverse("admin:photo_library")
            entries.insert(2, {"label": "Ảnh", "url": url, "here": request.path == url})
        if may_enter(request.user):
            entries.append({"label": "Tổng hợp", "url": reverse("desk:table"), "here": False})
        return entries

    def _of(self, app_label, name):
        return next(
            admin
            for model, admin in self._registry.items()
            if (model._meta.app_label, model._meta.model_name) == (app_label, name)
        )

    def get_urls(self):
        # The page's forms lean on the admin's pickers, which are not there yet when this loads.
        from reports.admin.alert_pages import alert_urls
        from reports.admin.archive import archive_urls
        from reports.admin.intake import intake
        from reports.admin.library import photo_urls

        page = self.admin_view(partial(intake, admin_site=self))
        own = [path("nhap-bai/", page, name="intake"), *alert_urls(self), *photo_urls(self)]
        own += archive_urls(self)
        return [*own, *super().get_urls()]

    def index(self, request, extra_context=None):
        """Việc của tôi: what waits for this person, and the things they do most."""
        now = timezone.now()
        today = timezone.localdate(now)
        tasks = [_with_rows(task) for task in tasks_of(request.user, now)]
        voices = _voices(request.user, today)
        counts = [voices["count"], *(task["count"] for task in tasks)]
        context = {
            "today": today,
            "voices": voices,
            "may_write": writable_units(request.user) != set(),
            "intake_url": reverse("admin:intake"),
            "photo_url": _address_of("admin:photo_report"),
            "archive_url": reverse("admin:archive") if edits_somewhere(request.user) else "",
            "desk_url": reverse("desk:table") if may_enter(request.user) else "",
            "tasks": tasks,
            "waiting": _so_many(counts),
            "late": _so_many([voices["late"], *(t["count"] for t in tasks if t["key"] == LATE)]),
            "busy": any(counts),
            "groups": _groups(tasks, voices),
            # What the navigation leads to anyway is not told twice.
            "nav_urls": [entry["url"] for entry in self._nav(request)],
        }
        return super().index(request, context | (extra_context or {}))

    def app_index(self, request, app_label, extra_context=None):
        """Apps are how the code is cut; a person has one start page."""
        return HttpResponseRedirect(reverse("admin:index"))

    def autocomplete_view(self, request):
        return Choices.as_view(admin_site=self)(request)


class Choices(AutocompleteJsonView):
    """Offers in a picker only what the form behind it will accept.

    The admin of the model that has the field may say so with `choices_for(request, field)`.
    """

    def get_queryset(self):
        source = self.admin_site._registry.get(self.source_field.model)
        choices_for = getattr(source, "choices_for", lambda request, field: None)
        choices = choices_for(self.request, self.source_field)
        if choices is None:
            found = super().get_queryset()
        else:
            found, _ = self.model_admin.get_search_results(self.request, choices, self.term)
        return found if found.ordered else found.order_by(*self.model_admin.ordering)

    def serialize_result(self, obj, to_field_name):
        label = getattr(self.model_admin, "choice_label", str)
        return {"id": str(getattr(obj, to_field_name)), "text": label(obj)}


def _with_rows(task):
    """The first rows of a task and how many there are, in one query."""
    rows = list(
        task.reports.annotate(of_task=CappedCount(task.reports))
        .select_related("event", "created_by")
        .defer("body", "event__folded")
        .order_by("-updated_at", "-pk")[:ROWS_PER_TASK]
    )
    count = rows[0].of_task if rows else 0
    for report in rows:
        report.lacks = lacks_of(report) if task.key == "con-thieu" else ""
    return {"key": task.key, "title": task.title, "count": count, "reports": rows}


def _voices(user, today):
    """What readers wrote and nobody has answered: how many of each kind, the most urgent first."""
    waiting = feedback_awaiting(user)
    tallies = (
        waiting.order_by()
        .values_list("kind")
        .annotate(number=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
    )
    late, numbers = 0, {}
    for kind, of_kind, late_of_kind in tallies:
        numbers[kind] = of_kind
        late += late_of_kind
    rows = list(waiting.select_related("report")[:ROWS_PER_TASK]) if numbers else []
    for feedback in rows:
        feedback.clock = feedback.clock_words(today)
    kinds = [(kind, numbers[kind]) for kind in FeedbackKind if kind in numbers]
    return {"count": sum(numbers.values()), "late": late, "kinds": kinds, "rows": rows}


def _groups(tasks, voices):
    """[(title, number, address of exactly that list)] of all that waits, in the page's order."""
    reports = reverse("admin:reports_report_changelist")
    asked = f"{reverse('admin:reports_feedback_changelist')}?han=cho"
    found = [(task["title"], task["count"], f"{reports}?viec={task['key']}") for task in tasks]
    found.append(("Bạn đọc chờ trả lời", voices["count"], asked))
    return [group for group in found if group[1]]


def _so_many(counts):
    """The sum in words, empty for none; a task is counted no further than `COUNT_CAP`."""
    if any(count > COUNT_CAP for count in counts):
        return f"hơn {number(COUNT_CAP)}"
    return number(sum(counts)) if any(counts) else ""


def _address_of(name):
    """The address of a page, or nothing where this installation has none."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


def _is_staff_page(request):
    return request.path.startswith(ROOT) and request.user.is_active and request.user.is_staff


def page_not_found(request, exception):
    """404: in the back office its own page, the same bytes for absent and for foreign things."""
    if not _is_staff_page(request):
        return errors.page_not_found(request, exception)
    return render(request, "admin/404.html", {"office": SiteProfile.current()}, status=404)


def permission_denied(request, exception):
    """403: in the back office its own page, with the sentence of whoever refused."""
    if not _is_staff_page(request):
        return errors.permission_denied(request, exception)
    context = {"office": SiteProfile.current(), "reason": str(exception)}
    return render(request, "admin/403.html", context, status=403)
