"""How long the desk's questions may keep the database busy, and what is said about one that takes longer.

A choice of twenty years with every condition can keep a PostgreSQL busy for minutes, and a colleague who
waits presses the button again. SQLite knows no such limit: there a question takes the time it takes.
"""

from contextlib import contextmanager, nullcontext

from django.conf import settings
from django.db import OperationalError, connection, transaction
from django.urls import reverse

# PostgreSQL's word for a statement that was stopped.
QUERY_CANCELED = "57014"
RETRY_AFTER = 30
# Ten times what PostgreSQL thinks a further process costs.
DEAR = 10_000
# Pages whose choice knows no period.
WITHOUT_PERIOD = ("desk:waiting", "desk:saved", "desk:committee", "desk:digests", "desk:register")


class TooLong(Exception):
    """A question was stopped because it took longer than it may."""


def seconds_for(request):
    """How long each question of a page may take; 0 means as long as it likes. Files may take longer."""
    last = request.path.rpartition("/")[2]
    is_file = "." in last or request.path.startswith(reverse("desk:print"))
    return settings.DESK_FILE_SECONDS if is_file else settings.DESK_SECONDS


@contextmanager
def patient(seconds):
    """Stops every question inside that takes longer; raises TooLong.

    What gathers few thousand rows is asked of one process of the database: to call two more takes longer
    (a province's year 45 ms instead of 29), and they belong to readers. A country is worth it.
    """
    if not seconds or connection.vendor != "postgresql":
        yield
        return
    # What is sent in one piece is one transaction: this holds for the question behind it alone.
    limits = (
        f"SET LOCAL statement_timeout = {max(1, round(seconds * 1000))};"
        f" SET LOCAL parallel_setup_cost = {DEAR}; "
    )

    def limited(execute, sql, params, many, context):
        # A cursor with a name brings its rows piece by piece, and takes one statement only.
        is_named = context["cursor"].cursor.name is not None
        return execute(sql if is_named else limits + sql, params, many, context)

    # A question that was stopped spoils the transaction around it, where there is one.
    around = transaction.atomic() if connection.in_atomic_block else nullcontext()
    try:
        with around, connection.execute_wrapper(limited):
            yield
    except OperationalError as error:
        if getattr(error.__cause__, "pgcode", "") != QUERY_CANCELED:
            raise
        raise TooLong from error


def too_long_page(request):
    """503: the same choice for shorter periods, and the address once more. Asks nothing of the reports."""
    from .page import desk_render
    from .panel import Panel
    from .selection import Selection

    selection = Selection.of(request.GET)
    by_period = not request.path.startswith(tuple(map(reverse, WITHOUT_PERIOD)))
    context = {
        "shorter": Panel(selection, None, request.path).quick if by_period else [],
        "again": request.get_full_path(),
        "filters": selection.filters,
    }
    response = desk_render(request, "desk/too_long.html", context, here="", status=503)
    response.headers["Retry-After"] = str(RETRY_AFTER)
    return response
