"""What the machines around us ask: does the process live, can it serve."""

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpResponse
from django.views.decorators.http import require_safe


@require_safe
def healthz(request):
    """The process lives. Touches nothing, so a slow database never gets it restarted."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@require_safe
def readyz(request):
    """Whether this process can serve: database, migrations, media. 503 names what cannot."""
    faults = [name for name, works in READY_CHECKS.items() if not works()]
    response = HttpResponse(
        "".join(f"{name}: hỏng\n" for name in faults) or "sẵn sàng\n",
        content_type="text/plain; charset=utf-8",
        status=503 if faults else 200,
    )
    response.headers["Cache-Control"] = "no-store"
    return response


def _database_answers():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _migrations_are_done():
    try:
        executor = MigrationExecutor(connection)
        return not executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return False


def _media_is_writable():
    try:
        name = default_storage.save("kiem-tra.txt", ContentFile(b"ok"))
        default_storage.delete(name)
    except OSError:
        return False
    return True


READY_CHECKS = {
    "cơ sở dữ liệu": _database_answers,
    "cấu trúc dữ liệu": _migrations_are_done,
    "kho ảnh": _media_is_writable,
}
