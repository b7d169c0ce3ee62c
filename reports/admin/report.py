"""Where a report is written, read, moved along and looked back upon."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator

from portal.office import OfficeAdmin
from reports.editing import drop_typed, leave
from reports.editions import keep_edition
from reports.editor import with_editor
from reports.models import (
    ContributionRole,
    Event,
    MemberRole,
    Person,
    Report,
    ReportStatus,
)
from reports.photos import delete_files_later
from reports.rights import (
    EDITABLE,
    grants,
    known_units,
    may_edit,
    visible_reports,
    writable_units,
)
from reports.search.index import refresh
from reports.workflow import may_publish, may_schedule, may_submit
from units.models import Unit

from .conflict import WithConflicts, once_key
from .deeds import WithDeeds, open_deeds
from .from_file import FROM_FILE, WithFile
from .parts import ContributionInline, FigureInline
from .photo_parts import PhotoInline, add_photos
from .proofreading import WithProofreading
from .reading import WithReading
from .report_form import PUBLISH_NOW, SCHEDULE, SUBMIT, ReportForm
from .report_history import WithReportHistory
from .report_list import WithList
from .revisions import FIXED, about_revision
from .typed import ONLY_READ, WithTypedText
from .writers import own_unit, units_to_write_for

PREVIEW = "_xem-truoc"


@admin.register(Report)
class ReportAdmin(
    WithConflicts,
    WithTypedText,
    WithFile,
    WithProofreading,
    WithDeeds,
    WithReading,
    WithReportHistory,
    WithList,
    OfficeAdmin,
):
    form = ReportForm
    autocomplete_fields = ["unit", "event", "organisation"]
    inlines = [ContributionInline, PhotoInline, FigureInline]
    fieldsets = [
        ("Bài", {"fields": ["title", "lead", "body"]}),
        ("Nơi đăng", {"fields": ["unit", ("section", "genre")]}),
        # "later" stands below the people and the photos.
        ("Sự kiện", {"fields": ["event", "organisation"], "classes": ["later"]}),
        (
            "Kỳ báo cáo, mục, chủ đề",
            {
                "fields": [
                    "heading",
                    "topics",
                    ("ky_part", "ky_year", "ky_rule"),
                    ("period_start", "period_end"),
                    "period_label",
                ],
                "classes": ["later", "collapse"],
                "description": "Ghi được thì cuối kỳ đỡ phải lọc lại. Kỳ là khoảng thời gian bài "
                "nói tới, không phải ngày diễn ra, cũng không phải ngày đăng.",
            },
        ),
        (
            "Nguồn và cổng cũ",
            {
                "fields": [
                    "byline_organisation",
                    ("source_name", "source_url"),
                    "original_url",
                    "published_at",
                    "published_is_estimate",
                ],
                "classes": ["collapse"],
            },
        ),
    ]  # fmt: skip
    restored_fields = [
        "title", "lead", "body", "section", "event", "organisation", "heading", "genre",
        "period_start", "period_end", "period_label", "byline_organisation", "source_name",
        "source_url",
    ]  # fmt: skip
    followed_fields = [
        "unit", "status", "published_at", "original_url", "withdrawn_reason", "returned_reason",
    ]  # fmt: skip

    class Media:
        js = [
            "admin-dv/order.js",
            "admin-dv/photos.js",
            "admin-dv/typed.js",
            "admin-dv/proofreading.js",
        ]

    # --- who sees and does what -------------------------------------------------------------

    def get_queryset(self, request):
        return visible_reports(request.user)

    def has_add_permission(self, request):
        return self._is_member(request) and writable_units(request.user) != set()

    def has_change_permission(self, request, obj=None):
        if not self._is_member(request):
            return False
        return self.has_add_permission(request) if obj is None else may_edit(request.user, obj)

    def has_delete_permission(self, request, obj=None):
        """Only a draft that nobody has been shown may disappear."""
        if obj is not None and obj.status != ReportStatus.DRAFT:
            return False
        return self.has_change_permission(request, obj)

    def get_readonly_fields(self, request, obj=None):
        readonly = []
        if obj and not request.user.is_superuser:
            readonly.append("unit")
        if obj and obj.status == ReportStatus.PUBLISHED:
            readonly += ["published_at", "published_is_estimate"]
        if obj and obj.revises_id:
            readonly += FIXED
        return list(dict.fromkeys(readonly))

    def choices_for(self, request, field):
        user = request.user
        if field.name == "unit":
            return units_to_write_for(user)
        if field.name == "event":
            keys = known_units(user)
            if keys is None:
                return None
            public = Event.objects.published(timezone.now()).values("pk")
            return Event.objects.filter(Q(unit__in=keys) | Q(pk__in=public)).order_by("-event_on")
        return None

    # --- writing -------------------------------------------------------------------------------

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.user = request.user
        form.only_drawn = getattr(request, "only_drawn", False)
        return form

    def get_changeform_initial_data(self, request):
        unit = own_unit(request.user)
        initial = {"unit": unit} if unit else {}
        return initial | super().get_changeform_initial_data(request)

    def get_formset_kwargs(self, request, obj, inline, prefix):
        """A new report begins with its writer's own name, where the account has one."""
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, ContributionInline) and obj.pk is None and request.method == "GET":
            person = Person.objects.filter(user=request.user).first()
            first = {"role": ContributionRole.AUTHOR, "place": 1}
            kwargs["initial"] = [first | ({"person": person.pk} if person else {})]
        return kwargs

    def save_model(self, request, obj, form, change):
        if not change:
            obj.created_by = request.user
            obj.once_key = once_key(request.POST)
        obj.wanted_moment = form.cleaned_data.get("publish_on")
        super().save_model(request, obj, form, change)

    def save_related(self, request, form, formsets, change):
        super().save_related(request, form, formsets, change)
        add_photos(form.instance, form.waiting_photos)
        refresh(form.instance.pk)  # its topics are saved by now
        drop_typed(request.user, report=form.instance)
        drop_typed(request.user, form_key=form.instance.once_key)
        leave(form.instance, by=request.user)
        if form.instance.status == ReportStatus.PUBLISHED:
            # Only where one person is the newsroom: writing and approving are one step there.
            keep_edition(
                form.instance, by=request.user, one_step=True, written_by=[request.user.pk]
            )

    def delete_model(self, request, obj):
        photos = list(obj.photos.all())
        super().delete_model(request, obj)
        for photo in photos:
            delete_files_later(photo)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method not in ("GET", "HEAD"):
            return self.save_or_show_both(request, object_id, form_url, extra_context)
        report = None
        if object_id is not None:
            report = self.get_object(request, unquote(object_id))
            if report is None:
                raise Http404
            if ONLY_READ in request.GET or not self.has_change_permission(request, report):
                return self.read_page(request, report)
        page = self.opened(request, report)
        if page is not None:
            return page
        unsaved = {"unsaved": self.unsaved(request, report), **(extra_context or {})}
        return self.form_page(request, object_id, form_url, unsaved)

    @method_decorator(with_editor)
    def form_page(self, request, object_id, form_url="", extra_context=None):
        """The form itself, drawn or saved."""
        return super().changeform_view(request, object_id, form_url, extra_context)

    def render_change_form(self, request, context, *args, obj=None, **kwargs):
        """Buttons by right and state; a new report may be published at once where anyone may."""
        user = request.user
        if obj is None:
            context |= {
                "may_submit": True,
                "may_publish": self._works_in_one_step(user),
                "may_schedule": self._works_in_one_step(user),
            }
        else:
            context |= {
                "may_submit": may_submit(user, obj),
                "may_publish": may_publish(user, obj),
                "may_schedule": may_schedule(user, obj),
                "revision": about_revision(obj),
                "takes_file": obj.status in EDITABLE,
                # Those that save first stand among the form's own buttons.
                "deeds": open_deeds(user, obj, without=("dang", "gui-duyet", "hen-gio")),
            }
        context["waiting_photos"] = context["adminform"].form.waiting_photos
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    def _works_in_one_step(self, user):
        keys = grants(user).get(MemberRole.EDITOR, set())
        units = Unit.objects.filter(newsroom__one_step=True)
        return units.exists() if user.is_superuser else units.filter(pk__in=keys).exists()

    def response_add(self, request, obj, post_url_continue=None):
        return self._after_saving(request, obj) or super().response_add(
            request, obj, post_url_continue
        )

    def response_change(self, request, obj):
        return self._after_saving(request, obj) or super().response_change(request, obj)

    def _after_saving(self, request, report):
        """What a button beside "Lưu nháp" does once everything typed is safe."""
        here = reverse("admin:reports_report_change", args=[report.pk])
        for button, name in {PREVIEW: "preview", FROM_FILE: "from_file"}.items():
            if button in request.POST:
                return HttpResponseRedirect(
                    reverse(f"admin:reports_report_{name}", args=[report.pk])
                )
        buttons = {SUBMIT: "gui-duyet", PUBLISH_NOW: "dang", SCHEDULE: "hen-gio"}
        for button, slug in buttons.items():
            if button in request.POST:
                needs = {"publish_on": report.wanted_moment} if button == SCHEDULE else {}
                done = self.do_after_saving(request, report, slug, **needs)
                return HttpResponseRedirect(reverse("admin:index") if done else here)
        return None
