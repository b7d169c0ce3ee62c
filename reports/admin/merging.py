"""Gộp người trùng: who may be one person, what would move, and the deed."""

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone

from reports.duplicates import suspicions
from reports.merging import MergeRefused, may_merge, merge_people, what_moves, works_to_know
from reports.models import Contribution, MemberRole, Person, PersonMerge
from reports.rights import grants

GROUPS_PER_PAGE = 20
MERGES_SHOWN = 10


def mergeable(user):
    """The persons `user` may merge with each other."""
    if not user.is_active:
        return Person.objects.none()
    if user.is_superuser:
        return Person.objects.all()
    return Person.objects.filter(unit__in=grants(user).get(MemberRole.APPROVER, ()))


class TwoPeopleForm(forms.Form):
    """Any two, for names no machine would find alike."""

    giu = forms.ModelChoiceField(Person.objects.none(), label="Giữ người này")
    gop = forms.ModelChoiceField(Person.objects.none(), label="Gộp người này vào")

    def __init__(self, *args, people, admin_site, **kwargs):
        super().__init__(*args, **kwargs)
        person = Contribution._meta.get_field("person")
        for field in self.fields.values():
            field.queryset = people
            field.widget = AutocompleteSelect(person, admin_site, attrs={"data-width": "100%"})
            field.widget.choices = field.choices


class WithMerging:
    """For the admin of persons: a page of suspicions, and one that asks once more."""

    def get_urls(self):
        view = self.admin_site.admin_view
        return [
            path("gop/", view(self.duplicates_view), name="reports_person_duplicates"),
            path("gop/xem/", view(self.merge_view), name="reports_person_merge"),
            *super().get_urls(),
        ]

    def changelist_view(self, request, extra_context=None):
        extra = {"may_merge": _may_merge_some(request.user), **(extra_context or {})}
        return super().changelist_view(request, extra)

    def duplicates_view(self, request):
        self._must_merge_some(request)
        people = mergeable(request.user)
        groups = Paginator(suspicions(people), GROUPS_PER_PAGE)
        form = TwoPeopleForm(people=people, admin_site=self.admin_site)
        merged = PersonMerge.objects.select_related("gone", "kept", "merged_by")
        if not request.user.is_superuser:
            merged = merged.filter(kept__in=people.values("pk"))
        return self._merge_page(
            request,
            "duplicates",
            "Gộp người trùng",
            page=groups.get_page(request.GET.get("trang")),
            form=form,
            media=form.media["js"] + forms.Media(js=["admin-dv/fields.js"]),
            merged=merged.order_by("-merged_at", "-pk")[:MERGES_SHOWN],
        )

    def merge_view(self, request):
        """What would move (GET), and moving it (POST). Persons of other units are 404."""
        self._must_merge_some(request)
        data = request.POST if request.method == "POST" else request.GET
        keep, gone = (self._person(request, data.get(name, "")) for name in ("giu", "gop"))
        complaint, status, now = "", 200, timezone.now()
        if keep == gone:
            complaint, status = "Hãy chọn hai người khác nhau.", 400
        elif request.method == "POST":
            try:
                merge_people(keep, gone, by=request.user)
            except MergeRefused as refused:
                complaint, status = str(refused), refused.status_code
            else:
                messages.success(request, f"Đã gộp “{gone.name}” vào “{keep.name}”.")
                return HttpResponseRedirect(reverse("admin:reports_person_duplicates"))
        return self._merge_page(
            request,
            "merge",
            f"Gộp “{gone.name}” vào “{keep.name}”",
            status=status,
            keep=keep,
            gone=gone,
            two=[
                ("giu", "Giữ", keep, works_to_know(keep, now)),
                ("gop", "Gộp vào", gone, works_to_know(gone, now)),
            ],
            moving=what_moves(keep, gone),
            refused=complaint,
            swapped=f"?giu={gone.pk}&gop={keep.pk}",
        )

    def _person(self, request, text):
        if not (text.isascii() and text.isdigit() and len(text) <= 9):
            raise Http404
        person = (
            mergeable(request.user).select_related("organisation", "unit").filter(pk=text).first()
        )
        if person is None or not may_merge(request.user, person):
            raise Http404
        return person

    def _must_merge_some(self, request):
        if not _may_merge_some(request.user):
            raise PermissionDenied("Người duyệt của đơn vị mới gộp người trùng được.")

    def _merge_page(self, request, name, title, *, status=200, **context):
        context = {**self.admin_site.each_context(request), "title": title, **context}
        return TemplateResponse(
            request, f"admin/reports/person/{name}.html", context, status=status
        )


def _may_merge_some(user):
    return user.is_active and (user.is_superuser or bool(grants(user).get(MemberRole.APPROVER)))
