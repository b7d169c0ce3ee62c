"""`/gop-y/`: a reader says something and may follow what becomes of it; no account, no cookie.

Nothing here is kept by any cache or found by any search.
"""

from functools import wraps

from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from portal.paging import page_number
from reports import feedback
from reports.feedback_form import FeedbackForm
from reports.models import Feedback, Report
from reports.models.voices import read_code
from reports.quota import DAY, HOUR, MINUTE, refused_until, visitor
from reports.same_site import comes_from_us

PER_VISITOR = ((HOUR, 5), (DAY, 20))
OF_ALL = ((MINUTE, 60),)


def private(view):
    """Not kept anywhere, not indexed."""

    @wraps(view)
    def answer(*args, **kwargs):
        response = view(*args, **kwargs)
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response

    return cache_control(no_store=True, private=True)(answer)


@private
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def feedback_form(request):
    """The form, about the report `?bai=<number>` or the whole site; a code to look up (`?ma=`)."""
    if request.method == "POST":
        return _send(request)
    asked = request.GET.get("ma", "")
    if code := read_code(asked):
        return HttpResponseRedirect(Feedback(code=code).get_absolute_url())
    kind = {"kind": request.GET["loai"]} if request.GET.get("loai") else {}
    return _page(request, FeedbackForm(initial=kind), asked_code=asked[:40], no_code=bool(asked))


def _send(request):
    form, now = FeedbackForm(request.POST), timezone.now()
    if not comes_from_us(request):
        return _page(request, form, refusal="elsewhere", status=403)
    if not form.is_valid():
        return _page(request, form, status=400)
    again_at = refused_until("gop-y", visitor(request), PER_VISITOR, now)
    again_at = again_at or refused_until("gop-y", "", OF_ALL, now)
    if again_at:
        response = _page(request, form, refusal="too-many", again_at=again_at, status=429)
        response.headers["Retry-After"] = str(int((again_at - now).total_seconds()) + 1)
        return response
    fields = {name: form.cleaned_data[name] for name in ("kind", "text", "name", "contact")}
    sent = feedback.receive(report=_report_of(request), now=now, **fields)
    return HttpResponseRedirect(f"{sent.get_absolute_url()}?moi=1")


def _page(request, form, *, status=200, **context):
    report = _report_of(request)
    context |= {
        "form": form,
        "report": report,
        # What was withdrawn may be asked about, but is not named any more.
        "is_readable": bool(report and report.is_published()),
    }
    return render(request, "reports/feedback_form.html", context, status=status)


def _report_of(request):
    """The report asked about, if readers could ever see it; else None: about the whole site."""
    key = page_number(request.GET.get("bai"))
    if key is None:
        return None
    published = Report.objects.published(timezone.now()).filter(pk=key)
    found = published | Report.objects.once_public().filter(pk=key)
    return found.defer("body").first()


@private
@require_safe
def feedback_status(request, code):
    """What has become of a message: kind, days, state and the answer; never its text or sender."""
    found = Feedback.objects.filter(code=read_code(code) or "").select_related("report").first()
    if found is None:
        context = {"asked_code": code[:40], "no_code": True}
        return render(request, "reports/feedback_unknown.html", context, status=404)
    context = {
        "feedback": found,
        "steps": found.steps.order_by("at", "pk"),
        "report": found.report if found.report and found.report.is_published() else None,
        "is_new": request.GET.get("moi") == "1" and found.is_open,
    }
    return render(request, "reports/feedback_status.html", context)
