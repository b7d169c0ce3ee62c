"""Nhuận bút: the months, scoring them, the sheet, what it becomes on paper, and one's own fees.

A draft sheet has no row, so a sheet's address is its unit and its month. Other units' sheets and
months that are none are 404, the same bytes as an address nobody knows.
"""

from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from portal.office import OfficeAdmin
from reports.fees.access import fee_units, may_prepare, may_score, own_person
from reports.fees.amount_in_words import amount_in_words
from reports.fees.files import HEADINGS, SIGNATURES, csv_text, excel, file_name, title_of
from reports.fees.locking import SheetRefused, fingerprint, lock, log_of, note, note_paid
from reports.fees.overdue import DAYS_TO_PAY, overdue
from reports.fees.overview import months_of, years_of
from reports.fees.rules import Rules
from reports.fees.sheets import carrying_month, differences, month_sheet
from reports.fees.works import (
    in_months,
    next_month,
    published_works,
    read_month,
    works_of,
)
from reports.models import FeeLine, FeeSheet
from units.models import Unit

from .fee_forms import PaidForm, PartForm

WORKS_PER_PAGE = 30
ROWS_PER_PAGE = 50
FILES = {
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", excel, "Excel"),
    "csv": ("text/csv; charset=utf-8", csv_text, "CSV"),
}


@admin.register(FeeSheet)
class FeeSheetAdmin(OfficeAdmin):
    """Draws its own pages; of the admin's it keeps the frame, the address and the sign-in."""

    def has_view_permission(self, request, obj=None):
        if not self._is_member(request):
            return False
        if obj is not None:
            return may_prepare(request.user, obj.unit_id)
        return fee_units(request.user) != set() or own_person(request.user) is not None

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False

    def get_urls(self):
        def page(address, view, name):
            return path(address, self.admin_site.admin_view(view), name=f"reports_fees_{name}")

        month = "thang/<str:unit>/<str:month>/"
        return [
            page("cua-toi/", self.mine_view, "mine"),
            page(month, self.sheet_view, "sheet"),
            page(f"{month}cham/", self.score_view, "score"),
            page(f"{month}in/", self.print_view, "print"),
            page(f"{month}tep/<str:kind>/", require_POST(self.file_view), "file"),
            page(f"{month}khoa/", require_POST(self.lock_view), "lock"),
            page(f"{month}da-chi/", require_POST(self.paid_view), "paid"),
            *super().get_urls(),
        ]

    # --- the list of months --------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        """The months of a year, for who prepares sheets; everybody else is led to their own."""
        if fee_units(request.user) == set():
            if own_person(request.user) is None:
                raise Http404
            return HttpResponseRedirect(reverse("admin:reports_fees_mine"))
        now = timezone.now()
        years = years_of(request.user, now)
        asked = request.GET.get("nam", "")
        year = int(asked) if asked in map(str, years) else years[0]
        rows = Paginator(months_of(request.user, year, now), ROWS_PER_PAGE)
        return self._page(
            request,
            "list",
            "Nhuận bút",
            years=years,
            year=year,
            query=f"nam={year}&",
            page=rows.get_page(request.GET.get("trang")),
            late=overdue(request.user, now).count(),
            days_to_pay=DAYS_TO_PAY,
            has_own=own_person(request.user) is not None,
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        """A locked sheet by its number leads to its page."""
        sheet = self.get_object(request, object_id)
        if sheet is None or not may_prepare(request.user, sheet.unit_id):
            raise Http404
        return HttpResponseRedirect(_address("sheet", sheet.unit_id, sheet.month_on))

    def history_view(self, request, object_id, extra_context=None):
        return self.change_view(request, object_id)

    # --- scoring -----------------------------------------------------------------------------

    def score_view(self, request, unit, month):
        """The works of a month, many at once; what is left empty is scored another day."""
        unit, month_on = self._found(request, unit, month)
        rules = Rules()
        reports = in_months(
            published_works(timezone.now()).filter(unit=unit), month_on, next_month(month_on)
        )
        everything = request.GET.get("xem") == "tat-ca"
        works = works_of(reports.order_by("published_at", "pk"), rules)
        shown = [w for w in works if w.parts and (everything or not w.is_scored)]
        page = Paginator(shown, WORKS_PER_PAGE).get_page(request.GET.get("trang"))
        data = request.POST if request.method == "POST" else None
        if data is not None:
            # Whatever was on the sender's page, in whatever order it stands here by now.
            sent = [
                w for w in works if any(f"{w.report.pk}-{p.kind}-seen" in data for p in w.parts)
            ]
            forms = _forms(sent, data, request.user)
            valid = [form.is_valid() for _, mine in forms for form in mine]
            if all(valid):
                return self._scored(request, forms)
        else:
            forms = _forms(page.object_list, None, request.user)
        mistakes = [e for _, mine in forms for form in mine for e in form.errors.values()]
        return self._page(
            request,
            "score",
            f"Chấm nhuận bút tháng {month_on.month}/{month_on.year}",
            status=400 if mistakes else 200,
            **_addresses(unit, month_on),
            unit=unit,
            month_on=month_on,
            works=forms,
            mistakes=mistakes,
            page=page,
            everything=everything,
            number=len(works),
            unscored=sum(1 for w in works if w.parts and not w.is_scored),
            troubled=[w for w in works if w.trouble],
            is_locked=FeeSheet.objects.filter(unit=unit, month_on=month_on).exists(),
        )

    def _scored(self, request, forms):
        changed = 0
        with transaction.atomic():
            for _, mine in forms:
                stored = [form.save(request.user) for form in mine]
                changed += any(stored)
        if changed:
            messages.success(request, f"Đã chấm {changed} bài.")
        else:
            messages.info(request, "Không có gì thay đổi.")
        return HttpResponseRedirect(request.get_full_path())

    # --- the sheet -----------------------------------------------------------------------------

    def sheet_view(self, request, unit, month, *, refused="", paid_form=None, status=200):
        unit, month_on = self._found(request, unit, month)
        rules = Rules()
        sheet = month_sheet(unit, month_on, rules=rules)
        changes = differences(unit, rules=rules) if sheet.sheet else []
        carried_to = carrying_month(unit) if sheet.sheet else None
        later = FeeLine.objects.filter(sheet__unit=unit, corrects_on=month_on)
        return self._page(
            request,
            "sheet",
            title_of(sheet),
            status=status,
            **_addresses(unit, month_on),
            unit=unit,
            month=sheet,
            headings=HEADINGS,
            in_words=amount_in_words(sheet.net),
            seen=fingerprint(sheet),
            has_ended=timezone.localdate() >= next_month(month_on),
            changes=[line for line in changes if line.corrects_on == month_on],
            carried_to=carried_to and (carried_to, _address("sheet", unit.pk, carried_to)),
            corrected=later.select_related("sheet").order_by("sheet__month_on", "position"),
            log=log_of(sheet),
            paid_form=paid_form or PaidForm(),
            refused=refused,
        )

    def print_view(self, request, unit, month):
        """The sheet on A4 across, and nothing else."""
        unit, month_on = self._found(request, unit, month)
        sheet = month_sheet(unit, month_on)
        context = {
            **self.admin_site.each_context(request),
            **_addresses(unit, month_on),
            "title": title_of(sheet),
            "month": sheet,
            "headings": HEADINGS,
            "signatures": SIGNATURES,
            "in_words": amount_in_words(sheet.net),
        }
        return TemplateResponse(request, "admin/reports/fees/print.html", context)

    def file_view(self, request, unit, month, kind):
        """The sheet as a file. Taking it out is noted, so it is no GET."""
        unit, month_on = self._found(request, unit, month)
        if kind not in FILES:
            raise Http404
        content_type, write, name = FILES[kind]
        sheet = month_sheet(unit, month_on)
        response = HttpResponse(write(sheet), content_type=content_type)
        response.headers["Content-Disposition"] = f'attachment; filename="{file_name(sheet, kind)}"'
        note(sheet, request.user, f"xuất tệp {name}, bảng {sheet.state_words}")
        return response

    def lock_view(self, request, unit, month):
        found, month_on = self._found(request, unit, month)
        try:
            lock(found, month_on, by=request.user, seen=request.POST.get("seen", ""))
        except SheetRefused as refused:
            return self.sheet_view(
                request, unit, month, refused=str(refused), status=refused.status_code
            )
        messages.success(
            request, "Đã khóa bảng kê. Từ nay các dòng không đổi; thay đổi sau sẽ vào bảng kỳ tới."
        )
        return HttpResponseRedirect(_address("sheet", found.pk, month_on))

    def paid_view(self, request, unit, month):
        found, month_on = self._found(request, unit, month)
        sheet = FeeSheet.objects.filter(unit=found, month_on=month_on).first()
        if sheet is None:
            return self.sheet_view(
                request, unit, month, refused="Hãy khóa bảng trước khi ghi đã chi.", status=409
            )
        form, complaint, status = PaidForm(request.POST), "", 400
        if form.is_valid():
            try:
                note_paid(sheet, by=request.user, **form.cleaned_data)
            except SheetRefused as refused:
                complaint, status = str(refused), refused.status_code
            else:
                messages.success(request, "Đã ghi là đã chi.")
                return HttpResponseRedirect(_address("sheet", found.pk, month_on))
        return self.sheet_view(
            request, unit, month, refused=complaint, paid_form=form, status=status
        )

    # --- one's own ----------------------------------------------------------------------------

    def mine_view(self, request):
        """What the signed-in person was paid or will be, from locked sheets; nobody else's."""
        person = own_person(request.user)
        if person is None:
            raise Http404
        lines = FeeLine.objects.filter(person=person).select_related("sheet")
        months = {}
        for line in lines.order_by("-sheet__month_on", "sheet", "position"):
            months.setdefault(line.sheet, []).append(line)
        return self._page(
            request,
            "mine",
            "Nhuận bút của tôi",
            person=person,
            months=[
                (sheet, mine, sum(line.net for line in mine)) for sheet, mine in months.items()
            ],
        )

    # --- what all pages share -----------------------------------------------------------------

    def _found(self, request, unit, month):
        """(unit, first day of the month) of a sheet this person prepares, or 404."""
        month_on = read_month(month)
        if month_on is None or not self._is_member(request):
            raise Http404
        unit = Unit.objects.select_related("parent").filter(pk=unit).first()
        if unit is None or not may_prepare(request.user, unit.pk):
            raise Http404
        return unit, month_on

    def _page(self, request, name, title, *, status=200, **context):
        context = {**self.admin_site.each_context(request), "title": title, **context}
        return TemplateResponse(request, f"admin/reports/fees/{name}.html", context, status=status)


def _forms(works, data, user):
    """[(work, [PartForms of what `user` may score])]; other parts are left to a colleague."""
    return [
        (work, [PartForm(data, part=part) for part in work.parts if may_score(user, part)])
        for work in works
    ]


def _address(name, unit_key, month_on, *more):
    return reverse(f"admin:reports_fees_{name}", args=[unit_key, f"{month_on:%Y-%m}", *more])


def _addresses(unit, month_on):
    """Where a sheet's pages and deeds are."""
    names = ("sheet", "score", "print", "lock", "paid")
    return {f"{name}_url": _address(name, unit.pk, month_on) for name in names} | {
        "excel_url": _address("file", unit.pk, month_on, "xlsx"),
        "csv_url": _address("file", unit.pk, month_on, "csv"),
    }
