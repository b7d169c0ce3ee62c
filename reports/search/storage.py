"""The word index itself, as each database has it: GIN on PostgreSQL, FTS5 on SQLite.

The migration makes it; whoever writes very many rows takes it down meanwhile (`rebuilt_afterwards`).
Everything here may be run again: what is there already stays.
"""

from contextlib import contextmanager

from django.db import connection

# Words and stream lie apart from the row, so reading keys reads little. Inserting into the word
# index at once, not into a list of pending words, keeps every search equally quick.
_POSTGRESQL = (
    "ALTER TABLE reports_searchentry SET (toast_tuple_target = 128)",
    "CREATE INDEX IF NOT EXISTS reports_search_words ON reports_searchentry USING gin (words)"
    " WITH (fastupdate = off)",
)
# No places and no sizes: nothing asks for them. Every lexeme is one token as it stands.
_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS reports_search USING fts5 ("
    " words, content = 'reports_searchentry', content_rowid = 'newest',"
    " detail = none, columnsize = 0, tokenize = \"ascii tokenchars '=#@_+'\")",
)
_ADD = "INSERT INTO reports_search (rowid, words) VALUES (new.newest, new.words);"
_REMOVE = (
    "INSERT INTO reports_search (reports_search, rowid, words)"
    " VALUES ('delete', old.newest, old.words);"
)
_TRIGGERS = {"insert": _ADD, "delete": _REMOVE, "update": f"{_REMOVE} {_ADD}"}


def create(cursor, vendor):
    if vendor == "postgresql":
        statements = _POSTGRESQL
    else:
        statements = _SQLITE + tuple(
            f"CREATE TRIGGER IF NOT EXISTS reports_search_{deed} AFTER {deed.upper()}"
            f" ON reports_searchentry BEGIN {does} END"
            for deed, does in _TRIGGERS.items()
        )
    for statement in statements:
        cursor.execute(statement)


def drop(cursor, vendor):
    if vendor == "postgresql":
        cursor.execute("DROP INDEX IF EXISTS reports_search_words")
        return
    for deed in _TRIGGERS:
        cursor.execute(f"DROP TRIGGER IF EXISTS reports_search_{deed}")
    cursor.execute("DROP TABLE IF EXISTS reports_search")


def optimise():
    """Make sure the word index is there, and in its most compact form."""
    with _changing() as cursor:
        create(cursor, connection.vendor)
        if connection.vendor == "sqlite":
            cursor.execute("INSERT INTO reports_search (reports_search) VALUES ('optimize')")
        else:
            cursor.execute("ANALYZE reports_searchentry")


@contextmanager
def rebuilt_afterwards():
    """Write very many rows inside: the word index is made once, from all of them, at the end.

    Whoever is cut off inside finds the index again after `refresh_search`.
    """
    with _changing() as cursor:
        drop(cursor, connection.vendor)
    try:
        yield
    finally:
        with _changing() as cursor:
            create(cursor, connection.vendor)
            if connection.vendor == "sqlite":
                cursor.execute("INSERT INTO reports_search (reports_search) VALUES ('rebuild')")


@contextmanager
def _changing():
    """A cursor that may change tables, also inside a transaction that has written to them."""
    if connection.vendor == "postgresql" and connection.in_atomic_block:
        connection.check_constraints()
    with connection.cursor() as cursor:
        yield cursor
