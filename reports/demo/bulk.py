"""Writes very many rows at once: COPY on PostgreSQL, executemany on SQLite.

Rows bypass `save`, constraints hold. Callers give every column without a database default.
"""

import io
from datetime import datetime
from functools import lru_cache

from django.db import connection

ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def write_rows(model, columns, rows):
    """Insert `rows` (tuples of values, aware moments) into the table of `model`."""
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(column) for column in columns)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            stream = io.StringIO()
            for row in rows:
                stream.write("\t".join(map(_copy_text, row)) + "\n")
            stream.seek(0)
            cursor.cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", stream)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(
                f"INSERT INTO {table} ({names}) VALUES ({marks})",
                [tuple(map(_adapted, row)) for row in rows],
            )


def columns_of(model):
    """(column names, attribute names) of all concrete fields, in one order."""
    fields = model._meta.concrete_fields
    return [field.column for field in fields], [field.attname for field in fields]


def after_bulk(*models):
    """Let the next ordinary insert take a free key, and the planner know the new sizes."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            for statement in connection.ops.sequence_reset_sql(_no_style(), models):
                cursor.execute(statement)
        for model in models:
            cursor.execute(f"ANALYZE {connection.ops.quote_name(model._meta.db_table)}")


def _copy_text(value):
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPES)
    if isinstance(value, bool):
        return "t" if value else "f"
    return str(value)


def _adapted(value):
    return _moment(value) if isinstance(value, datetime) else value


@lru_cache(10_000)
def _moment(value):
    # One report's moment stands in its row and in each of its scope rows.
    return connection.ops.adapt_datetimefield_value(value)


def _no_style():
    from django.core.management.color import no_style

    return no_style()
