"""What every page's frame needs."""

from django.conf import settings
from django.utils.functional import SimpleLazyObject

from portal.models import SiteProfile


def site(request):
    """`site` (the profile, read only when a template asks), and the address for absolute links."""
    profile = SimpleLazyObject(SiteProfile.current)
    return {
        "site": profile,
        "site_name": SimpleLazyObject(lambda: profile.name),
        "site_url": settings.SITE_URL,
    }
