"""The measure of all pages: a Django view that answers 30 kB it did not have to make."""

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpResponse
from django.urls import path

PAGE = b"<p>Xin chao</p>" * 2000


def constant(request):
    return HttpResponse(PAGE)


settings.configure(
    ALLOWED_HOSTS=["127.0.0.1"],
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-benches",
    MIDDLEWARE=[],
)
urlpatterns = [path("", constant)]
application = get_wsgi_application()
