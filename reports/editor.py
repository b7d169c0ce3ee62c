"""The rich text editor's widget, and the door by which its pictures come in.

CKEditor 4 is at its end (docs/decisions/0001): nothing it sends is believed. Its HTML passes
`clean_html` like every other, its pictures pass `check_picture`, and `settings.RICH_TEXT_WIDGET`
names the class, so that another editor can take its place.
"""

from ckeditor.widgets import CKEditorWidget
from csp.decorators import csp_update
from django.conf import settings
from django.contrib.admin.views.decorators import staff_member_required
from django.core.exceptions import PermissionDenied
from django.forms import Media
from django.http import JsonResponse
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.module_loading import import_string
from django.views.decorators.http import require_POST

from portal.limited import Busy, Refusal

from .photos import check_picture, keep_for_later
from .rights import writable_units

# A decorator for the pages that carry the editor: it writes styles and scripts into them. No other
# page of the site allows that.
with_editor = csp_update(
    {
        "script-src": ["'self'", "'unsafe-inline'"],
        "style-src": ["'self'", "'unsafe-inline'"],
    }
)


def rich_text_widget():
    """An instance of the widget the settings name."""
    return import_string(settings.RICH_TEXT_WIDGET)()


class EditorWidget(CKEditorWidget):
    """CKEditor with our letters inside it, and uploads that carry the CSRF token."""

    @property
    def media(self):
        return super().media + Media(js=["ckeditor/ckeditor/ckeditor.js", "admin-dv/editor.js"])

    def get_context(self, name, value, attrs):
        address = str(reverse_lazy("upload_picture"))
        self.config |= {
            "contentsCss": [static("css/tokens.css"), static("admin-dv/editor-content.css")],
            "filebrowserImageUploadUrl": address,
            "uploadUrl": address,
        }
        return super().get_context(name, value, attrs)


@require_POST
@staff_member_required(login_url="admin:login")
def upload_picture(request):
    """Store one picture for the text or the photos of a report that is being written.

    JSON as CKEditor expects it, plus `token` and the size for the photo rows. Whoever may write for no
    unit: 403. Refused pictures: 400 with the cure; 503 when they may be sent again in a moment. Until a
    report shows it, only its uploader sees it.
    """
    if writable_units(request.user) == set():
        raise PermissionDenied
    upload = request.FILES.get("upload")
    if upload is None:
        return _refused("Chưa nhận được ảnh. Hãy chọn lại.")
    try:
        picture = keep_for_later(check_picture(upload), by=request.user)
    except Busy as busy:
        return _refused(str(busy), status=503)
    except Refusal as refused:
        return _refused(str(refused))
    return JsonResponse(
        {
            "uploaded": 1,
            "fileName": "anh.jpg",
            "url": picture.src,
            "width": picture.src_width,
            "height": picture.src_height,
            "token": picture.token,
        }
    )


def _refused(message, *, status=400):
    return JsonResponse({"uploaded": 0, "error": {"message": message}}, status=status)
