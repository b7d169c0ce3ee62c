"""The page "Nhập kho bài cũ": a package is sent, tried, and brought in step by step.

No job runs behind it: every step is a short POST, repeated by a small script or by a button. Whoever
closes the browser goes on later from where the batch stands.
"""

import csv
from functools import partial

from django import forms
from django.contrib import messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.forms import Media
from django.http import Http404, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.limited import Busy, Refusal
from portal.paging import page_number, turn_to
from reports.archive import running, uploads
from reports.archive.telling import HEAD, csv_row
from reports.models import BROUGHT, BatchState, ImportBatch, ItemOutcome, MemberRole, Report
from reports.rights import edits_somewhere, grants, visible_reports
from units.models import Unit

SECONDS = 4
ROWS = 50
BATCHES = 20
# The lists of a batch's page, as `?ket-qua=`; doubtful drafts are new ones, too.
LISTS = {
    "moi": ("mới", BROUGHT),
    "xem-lai": ("nên xem lại", (ItemOutcome.DOUBTFUL,)),
    "da-co": ("đã có", (ItemOutcome.KNOWN,)),
    "bo-qua": ("bỏ qua", (ItemOutcome.SKIPPED,)),
    "hong": ("không đọc được", (ItemOutcome.FAILED,)),
}


def archive_urls(site):
    """The addresses below /quan-tri/nhap-kho/."""
    from .archive_review import review

    return [
        path(f"nhap-kho/{address}", site.admin_view(partial(view, admin_site=site)), name=name)
        for address, view, name in (
            ("", archive, "archive"),
            ("<int:pk>/", batch_page, "archive_batch"),
            ("<int:pk>/tiep/", step, "archive_step"),
            ("<int:pk>/nhap/", begin, "archive_begin"),
            ("<int:pk>/bo/", abandon, "archive_abandon"),
            ("<int:pk>/ket-qua.csv", table, "archive_table"),
            ("<int:pk>/xem-lai/", review, "archive_review"),
        )
    ]


def edited_units(user):
    """Keys of the units whose archive `user` may bring in; None means all."""
    return None if user.is_superuser else set(grants(user).get(MemberRole.EDITOR, ()))


def batches_of(user):
    keys = edited_units(user)
    return ImportBatch.objects.all() if keys is None else ImportBatch.objects.filter(unit__in=keys)


def batch_or_404(request, pk):
    """The batch, or 404: absent and foreign are the same."""
    batch = batches_of(request.user).select_related("unit", "by").filter(pk=pk).first()
    if batch is None:
        raise Http404
    return batch


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class ManyFilesField(forms.FileField):
    """A file field whose cleaned value is a list."""

    widget = ManyFiles(
        attrs={
            "accept": ".zip,.html,.htm,.mht,.mhtml,.txt,.docx,.csv,.jpg,.jpeg,.png,.gif,.webp",
            "data-pick": "Chọn tệp từ máy",
        }
    )
    default_error_messages = {
        "required": "Hãy chọn tệp.", "empty": "Có tệp rỗng. Hãy chọn lại.",
    }  # fmt: skip

    def clean(self, data, initial=None):
        files = data if isinstance(data, list | tuple) else [data]
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class UploadForm(forms.Form):
    files = ManyFilesField(
        label="Gói bài cũ",
        max_length=300,
        help_text="Một tệp .zip (nhiều nhất 2.000 tệp, bung ra 200 MB), hoặc chọn nhiều tệp cùng lúc, "
        "nhiều nhất 100 tệp: trang đã lưu và ảnh của nó, .mht, .txt, .docx, bảng .csv. "
        "Ví dụ: cong-cu-2019.zip",
    )
    unit = forms.ModelChoiceField(
        Unit.objects.none(),
        label="Đơn vị của các bài",
        help_text="Đơn vị đã đăng các bài này, ví dụ huyện cũ. Bài giữ đơn vị ấy mãi.",
    )
    brings_back = forms.BooleanField(
        required=False, label="Nhập lại cả những bài đã nhập rồi bị xóa"
    )

    def __init__(self, *data, user, admin_site, **options):
        super().__init__(*data, **options)
        keys = edited_units(user)
        units = Unit.objects.all() if keys is None else Unit.objects.filter(pk__in=keys)
        field = self.fields["unit"]
        field.queryset = units.select_related("parent")
        field.widget = AutocompleteSelect(
            Report._meta.get_field("unit"), admin_site, attrs={"data-width": "100%"}
        )
        field.widget.choices = field.choices
        own = user.memberships.filter(role=MemberRole.EDITOR).order_by("pk").first()
        if own and not self.is_bound:
            self.initial["unit"] = own.unit_id


@require_http_methods(["GET", "HEAD", "POST"])
def archive(request, admin_site):
    """What was brought in, and the form for more; its post makes a batch, tried first."""
    if not edits_somewhere(request.user):
        raise PermissionDenied
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = UploadForm(*data, user=request.user, admin_site=admin_site)
    if data and form.is_valid():
        asked = form.cleaned_data
        try:
            batch = uploads.start_batch(
                asked["files"], unit=asked["unit"], by=request.user,
                brings_back=asked["brings_back"],
            )  # fmt: skip
        except Refusal as refused:
            form.add_error("files", str(refused))
        else:
            return HttpResponseRedirect(_running(batch))
    brought = Count("items", filter=Q(items__brought_at__isnull=False))
    batches = batches_of(request.user).select_related("unit", "by").order_by("-pk")
    context = {
        **admin_site.each_context(request),
        "title": "Nhập kho bài cũ",
        "form": form,
        "batches": batches.annotate(brought=brought, total=Count("items"))[:BATCHES],
        "media": form.media["js"] + Media(js=["admin-dv/fields.js"]),
    }
    return render(request, "admin/archive.html", context, status=400 if data else 200)


def _running(batch):
    """The batch's page, told to go on by itself where there is a script."""
    return f"{reverse('admin:archive_batch', args=[batch.pk])}#chay"


@require_safe
def batch_page(request, pk, admin_site):
    """How far it is, what became of each page, and the next deed."""
    batch = batch_or_404(request, pk)
    chosen = request.GET.get("ket-qua", "")
    items = batch.items.exclude(outcome=ItemOutcome.WAITING).order_by("order")
    if chosen in LISTS:
        items = items.filter(outcome__in=LISTS[chosen][1])
    page = turn_to(items, page_number(request.GET.get("trang")) or 1, ROWS)
    seen = visible_reports(request.user).filter(pk__in=[item.report_id for item in page])
    counts = _counts(batch)
    context = {
        **admin_site.each_context(request),
        "title": "Đợt nhập kho",
        "batch": batch,
        "progress": _progress(batch, counts),
        "lists": [
            {"key": key, "label": label, "count": sum(counts[each] for each in outcomes)}
            for key, (label, outcomes) in LISTS.items()
        ],
        "chosen": chosen if chosen in LISTS else "",
        "page": page,
        "visible": set(seen.values_list("pk", flat=True)),
        "new": sum(counts[outcome] for outcome in BROUGHT),
    }
    return render(request, "admin/archive_batch.html", context)


def _counts(batch):
    counts = dict.fromkeys(ItemOutcome.values, 0)
    rows = batch.items.values("outcome").annotate(number=Count("pk")).order_by()
    return counts | {row["outcome"]: row["number"] for row in rows}


def _progress(batch, counts):
    total, left = sum(counts.values()), counts[ItemOutcome.WAITING]
    return {
        "total": total, "done": total - left, "left": left if batch.is_open else 0,
        "words": f"{total - left} trên {total} trang",
    }  # fmt: skip


@require_POST
def step(request, pk, admin_site):
    """Some pages more; JSON for the script, else back to the batch's page."""
    batch = batch_or_404(request, pk)
    words, is_busy = "", False
    if batch.is_open and batch.package:
        try:
            with uploads.open_package(batch) as package:
                running.Run(batch, package).step(seconds=SECONDS)
        except Busy as busy:
            words, is_busy = str(busy), True
        except Refusal as refused:
            words = str(refused)
        if batch.state == BatchState.FINISHED:
            uploads.forget_upload(batch)
    if "application/json" in request.headers.get("Accept", ""):
        answer = _progress(batch, _counts(batch)) | {"refused": words, "busy": is_busy}
        return JsonResponse(answer)
    if words:
        messages.error(request, words)
    return HttpResponseRedirect(reverse("admin:archive_batch", args=[batch.pk]))


@require_POST
def begin(request, pk, admin_site):
    """The trial was seen; now in earnest."""
    batch = batch_or_404(request, pk)
    if not batch.items.filter(outcome=ItemOutcome.WAITING).exists():
        running.begin(batch)
    return HttpResponseRedirect(_running(batch))


@require_POST
def abandon(request, pk, admin_site):
    batch = batch_or_404(request, pk)
    if uploads.abandon(batch):
        messages.success(request, "Đã bỏ đợt nhập này. Bài nháp đã nhập thì còn nguyên.")
    return HttpResponseRedirect(reverse("admin:archive"))


@require_safe
def table(request, pk, admin_site):
    """What became of every page, for Excel; the same columns as the command's."""
    batch = batch_or_404(request, pk)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="nhap-kho-{batch.pk}.csv"'
    writer = csv.writer(response)
    writer.writerow(HEAD)
    for item in batch.items.order_by("order").iterator(chunk_size=500):
        writer.writerow(csv_row(item))
    return response
