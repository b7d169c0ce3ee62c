"""Whether a form was sent from our own pages, told without a cookie.

Public pages are the same bytes for everybody, so their forms carry no token. They need none to
protect an account, for there is none: a stranger's page could only use its visitors to send us
rubbish, each within the visitor's own quota. Every browser of today says where a form came from;
who says nothing is no browser led astray, and is taken at his word.
"""

from urllib.parse import urlsplit

from django.conf import settings


def comes_from_us(request):
    """False when the browser names another site as the origin of this request."""
    fetched_from = request.headers.get("Sec-Fetch-Site", "")
    if fetched_from:
        return fetched_from in ("same-origin", "none")
    told = request.headers.get("Origin") or request.headers.get("Referer", "")
    if not told:
        return True
    try:
        host = urlsplit(told).hostname
    except ValueError:
        return False
    # The name in the address bar was checked against ALLOWED_HOSTS.
    return host in {settings.SITE_HOST, request.get_host().partition(":")[0]}
