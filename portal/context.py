"""What every page's frame needs."""

from django.conf import settings
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from portal.models import Notice, SiteProfile


def site(request):
    """`site` (the profile) and `site_notices`, read only when a template asks; the address for
    absolute links.
    """
    profile = SimpleLazyObject(SiteProfile.current)
    return {
        "site": profile,
        "site_name": SimpleLazyObject(lambda: profile.name),
        "site_notices": SimpleLazyObject(lambda: Notice.shown(timezone.now())),
        "site_url": settings.SITE_URL,
    }
