"""Whoever writes what readers can see renews the generation: no caller can forget it.

Each database connection looks at its own statements. A write to a table that public pages show
renews the generation once its transaction is committed; what is rolled back renews nothing.
"""

import logging
import re
from functools import lru_cache

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.backends.signals import connection_created

from portal.generation import AWAY, FileGeneration, SharedGeneration

log = logging.getLogger(__name__)

# `INSERT OR IGNORE INTO` is SQLite's way to add to a many-to-many relation.
WRITE = re.compile(
    r'\s*(?:INSERT(?: OR \w+)? INTO|REPLACE INTO|UPDATE|DELETE FROM|TRUNCATE)\s+"?(\w+)',
    re.IGNORECASE,
)
# Tables no public page shows, or shows at most a minute late (views), or only beside another that is
# written with them (the words of the search). All others renew: a new table
# that nobody thought of costs a page, not a wrong one.
UNSEEN = re.compile(
    r"django_(session|admin_log|migrations|content_type)|auth_\w+|axes_\w+|\w*historical\w+"
    r"|reports_(?:alert|feedback|feedbackstep|quota|usefulness|edition|editionhead|editlock|typedtext|heededfinding|linkhost)"
    r"|reports_(?:importbatch|importitem)"
    r"|reports_(?:basesalary|feeschedule|feerate|feescore|feesheet|feeline|personmerge)"
    r"|reports_(?:committee|savedfilter|target|promise)"
    r"|reports_(?:digest|digestitem|digestversion|initiative|initiative_reports)"
    r"|reports_viewcount"
)


@lru_cache(maxsize=1)
def generation():
    """The one generation of this site, as its settings say."""
    if settings.CACHE_URL:
        return SharedGeneration(cache)
    return FileGeneration(settings.GENERATION_FILE)


def install():
    """Watch every database connection of this process, from its opening on."""
    # The one signal in the house: Django has no other place where a connection can be met.
    connection_created.connect(_watch, dispatch_uid="portal.renewal")


def _watch(connection, **kwargs):
    if look not in connection.execute_wrappers:
        connection.execute_wrappers.append(look)


def look(execute, sql, params, many, context):
    """An execute wrapper: lets the statement through and renews after its transaction if it wrote."""
    result = execute(sql, params, many, context)
    written = WRITE.match(sql) if isinstance(sql, str) else None
    if written and not UNSEEN.fullmatch(written[1]):
        connection = context["connection"]
        waiting = {function for _, function, *_ in connection.run_on_commit}
        if renew not in waiting:
            transaction.on_commit(renew, using=connection.alias)
    return result


def renew():
    """Make every kept page old. A failure is said loudly; pages then grow old by time alone."""
    try:
        generation().renew()
    except AWAY:
        # The change itself is committed and must not turn into an error.
        log.critical("Không báo được cho bộ nhớ trang là nội dung đã đổi.", exc_info=True)
