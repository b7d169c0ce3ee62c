"""What gunicorn serves: Django, with ready pages kept ahead of it."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

application = get_wsgi_application()

# Only now: these need settings and models, which Django has just loaded.
from django.conf import settings  # noqa: E402
from django.core.cache import cache  # noqa: E402

from portal.moments import next_change  # noqa: E402
from portal.page_cache import PageCache  # noqa: E402
from portal.renewal import generation  # noqa: E402
from units import registry  # noqa: E402


def forget():
    """What this process remembers beside its pages is as old as they are."""
    registry.look_again()
    if not settings.CACHE_URL:
        # A shared cache is not ours to empty; what is in it is renewed by whoever writes.
        cache.clear()


if settings.PAGE_CACHE:
    application = PageCache(application, generation(), next_change, forget=forget)
