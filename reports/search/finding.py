"""Answers of the index: which reports, in which order, how many.

PostgreSQL cannot know how often words stand together, and where it guesses wrong it reads a million
rows to find none. So it is never left to guess: the first question fetches at most `CAP` hits
straight from the word index. Few hits are all known and put in order at once; only for more than
that, newest-first walking is sure to meet hits soon.
"""

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BooleanField, ExpressionWrapper, OuterRef, Q, Subquery
from django.db.models.expressions import RawSQL

from ..models import SearchEntry
from .index import FIRST_PUBLIC, KEY_BITS, public_key
from .lexemes import unit_lexeme
from .query import Query, all_of, any_of, without

# So many results are ranked and counted; a list in plain order has all of them.
CAP = 1000
# So many reports are looked at one by one when conditions besides the words leave no more.
FEW_REPORTS = 5000
_KEY_MASK = (1 << KEY_BITS) - 1
# An ordinary condition, so that whatever counts or joins around it stays an ordinary query.
_NO_REPORT = Q(pk=0)
# These hold for one statement: what is sent in one piece is one transaction.
_BY_WORDS = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off;"
    " SET LOCAL enable_indexonlyscan = off; SET LOCAL enable_bitmapscan = on; "
)
_BY_TIME = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = on;"
    " SET LOCAL enable_bitmapscan = off; "
)
_ONE_BY_ONE = (
    "SET LOCAL enable_seqscan = off; SET LOCAL enable_hashjoin = off;"
    " SET LOCAL enable_mergejoin = off; SET LOCAL enable_indexscan = on;"
    " SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_bitmapscan = on; "
)
_BY_PLANNER = (
    "SET LOCAL enable_seqscan = on; SET LOCAL enable_indexscan = on;"
    " SET LOCAL enable_indexonlyscan = on; SET LOCAL enable_bitmapscan = on;"
    " SET LOCAL enable_hashjoin = on; SET LOCAL enable_mergejoin = on; "
)


class Ranked:
    """The results of one query among public reports, best first; at most `CAP` of them.

    `unit` narrows through the index; `among`, a queryset of reports, by anything else. Drafts,
    withdrawn and scheduled reports are outside of the range of keys that is looked at.
    """

    def __init__(self, query, now, *, unit=None, former_area=False, among=None):
        self.query = query
        self.public = FIRST_PUBLIC, public_key(now) + FIRST_PUBLIC
        self.place = unit and _in_place(unit, former_area)
        self.among = among

    def page(self, start, size):
        """(keys of the reports at these places, how many there are); the number ends at CAP + 1.

        The keys are in order. Beyond the last result there are none.
        """
        if not self.query:
            return [], 0
        try:
            found, total = self._first(min(start + size, CAP))
        except EmptyResultSet:
            return [], 0
        return [newest & _KEY_MASK for newest in found[start : min(start + size, CAP)]], total

    def _first(self, wanted):
        if connection.vendor == "sqlite":
            found = self._each_tier_in_turn(wanted=CAP + 1)
            return found, len(found)
        hits = self._capped_hits()
        if len(hits) <= CAP:
            return hits, len(hits)
        if self.among is not None:
            found = self._in_few_reports()
            if found is None:
                found = self._each_tier_in_turn(wanted=CAP + 1)
            return found, len(found)
        return self._walk(wanted), CAP + 1

    # --- PostgreSQL, few hits ---------------------------------------------------------------------

    def _capped_hits(self):
        """All hits in order; or more than CAP of them in none."""
        condition, values = self._condition(self.query.everything)
        tiers, tier_values = _tier_of("words", self.query.tiers[:-1])
        narrowed, narrowing = self._narrowed()
        # Planned for all its rows and then cut off, so the word index is always the cheapest way.
        rows = _rows(
            f"{_BY_WORDS}WITH hits AS MATERIALIZED (SELECT newest, report_id, words"
            f" FROM reports_searchentry WHERE {condition}),"
            f" capped AS MATERIALIZED (SELECT * FROM hits LIMIT {CAP + 1}),"
            " size AS MATERIALIZED (SELECT count(*) AS found FROM capped)"
            f" SELECT newest, CASE WHEN size.found > {CAP} THEN 0 ELSE {tiers} END, size.found"
            f" FROM capped, size WHERE size.found > {CAP} OR {narrowed}",
            [*values, *tier_values, *narrowing],
        )
        if rows and rows[0][2] > CAP:
            return [newest for newest, *_ in rows]
        return [newest for newest, *_ in sorted(rows, key=lambda row: (row[1], -row[0]))]

    # --- PostgreSQL, many hits --------------------------------------------------------------------

    def _walk(self, wanted):
        """The first `wanted` results; tiers with few hits come whole, the others newest first."""
        found, tiers = [], self.query.tiers
        few = self._few_of_each(tiers[:-1])
        for number, tier in enumerate(tiers):
            known = few.get(number)
            if known is not None:
                found += sorted(known.difference(found), reverse=True)
            else:
                condition, values = self._condition(_less(tier, tiers[:number]))
                found += _column(
                    f"{_BY_TIME}SELECT newest FROM reports_searchentry WHERE {condition}"
                    " ORDER BY newest DESC LIMIT %s",
                    [*values, wanted - len(found)],
                )
            if len(found) >= wanted:
                break
        return found[:wanted]

    def _in_few_reports(self):
        """The hits among few reports, read one by one; None where the conditions leave many.

        A month, a person, a small section: their reports may lie deep below the newest.
        """
        narrowed, narrowing = self.among.order_by().values("pk").query.sql_with_params()
        condition, values = self._condition(self.query.everything)
        tiers, tier_values = _tier_of("words", self.query.tiers[:-1])
        rows = _rows(
            f"{_ONE_BY_ONE}WITH narrowed (report_id) AS MATERIALIZED"
            f" (SELECT * FROM ({narrowed}) all_narrowed LIMIT {FEW_REPORTS + 1}),"
            " size AS MATERIALIZED (SELECT count(*) AS few FROM narrowed),"
            " hits AS MATERIALIZED (SELECT newest, words FROM size, narrowed"
            " JOIN reports_searchentry USING (report_id)"
            f" WHERE size.few <= {FEW_REPORTS} AND {condition})"
            f" SELECT size.few, newest, {tiers} FROM size LEFT JOIN hits ON true",
            [*narrowing, *values, *tier_values],
        )
        if rows[0][0] > FEW_REPORTS:
            return None
        hits = [(tier, -newest) for _, newest, tier in rows if newest is not None]
        return [-newest for _, newest in sorted(hits)][: CAP + 1]

    def _few_of_each(self, tiers):
        """{number: hits} of the tiers with at most CAP hits."""
        questions, values = [], []
        for number, tier in enumerate(tiers):
            condition, its_values = self._condition(tier)
            questions.append(
                f"SELECT {number}, newest FROM (WITH hits AS MATERIALIZED (SELECT newest"
                f" FROM reports_searchentry WHERE {condition})"
                f" SELECT newest FROM hits LIMIT {CAP + 1}) tier_{number}"
            )
            values += its_values
        hits = {number: set() for number in range(len(tiers))}
        for number, newest in _rows(_BY_WORDS + " UNION ALL ".join(questions), values):
            hits[number].add(newest)
        return {number: keys for number, keys in hits.items() if len(keys) <= CAP}

    # --- either database --------------------------------------------------------------------------

    def _each_tier_in_turn(self, wanted):
        """The first results, one tier after the other; a tier is only asked when it is needed."""
        questions, values, tiers = [], [], self.query.tiers
        narrowed, narrowing = self._narrowed()
        for number, tier in enumerate(tiers):
            condition, its_values = self._condition(_less(tier, tiers[:number]))
            questions.append(
                f"SELECT {number}, newest FROM (SELECT {_newest()} AS newest FROM {_table()}"
                f" WHERE {condition} AND {narrowed} ORDER BY {_newest()} DESC LIMIT {wanted})"
                f" tier_{number}"
            )
            values += [*its_values, *narrowing]
        plan = _BY_PLANNER if connection.vendor == "postgresql" else ""
        rows = _rows(f"{plan}{' UNION ALL '.join(questions)} LIMIT {wanted}", values)
        return [newest for _, newest in sorted(rows, key=lambda row: (row[0], -row[1]))]

    def _condition(self, lexemes):
        """(SQL, values) of: public, and holding the lexemes in this place."""
        if self.place:
            lexemes = all_of(lexemes, self.place)
        sql, values = _holding(lexemes, self.query.long_phrases)
        return f"{sql} AND {_newest()} >= %s AND {_newest()} < %s", [*values, *self.public]

    def _narrowed(self):
        if self.among is None:
            return "1 = 1", []
        sql, values = self.among.order_by().values("pk").query.sql_with_params()
        key = "report_id" if connection.vendor == "postgresql" else f"rowid & {_KEY_MASK}"
        return f"({key}) IN ({sql})", values


def condition(text):
    """The condition that a report (drafts too) holds everything `text` asks for.

    Asks the index at once: it must know whether there are few hits or many. Text without a letter
    or digit holds for no report.
    """
    query = Query(text)
    if not query:
        return _NO_REPORT
    sql, values = _holding(query.everything, query.long_phrases)
    keys = _some(sql, values, CAP + 1)
    if not keys:
        return _NO_REPORT
    if len(keys) <= CAP:
        return Q(pk__in=[newest & _KEY_MASK for newest in keys])
    if connection.vendor == "sqlite":
        keys = f"SELECT rowid & {_KEY_MASK} FROM reports_search WHERE {sql}"
        return Q(pk__in=RawSQL(keys, values))
    # Looked up report by report, after all other conditions: the words lie apart from their rows,
    # and the planner, which does not count that, would rather read those of all reports.
    row = SearchEntry.objects.filter(report=OuterRef("pk"))
    holds = Q(words__holds=query.everything)
    for ways in query.long_phrases:
        beside = Q()
        for way in ways:
            beside |= Q(stream__contains=way)
        holds &= beside
    holds = ExpressionWrapper(holds, BooleanField())
    return Q(Subquery(row.values_list(holds)[:1], output_field=BooleanField()))


def reports_holding(lexemes, *, most):
    """Keys of reports (drafts too) whose row holds the expression; at most so many, in no order."""
    return [newest & _KEY_MASK for newest in _some(*_holding(lexemes, []), most)]


def _some(sql, values, most):
    if connection.vendor == "sqlite":
        return _column(f"SELECT rowid FROM reports_search WHERE {sql} LIMIT {most}", values)
    return _column(
        f"{_BY_WORDS}WITH hits AS MATERIALIZED (SELECT newest FROM reports_searchentry"
        f" WHERE {sql}) SELECT newest FROM hits LIMIT {most}",
        values,
    )


def counts(query, now, *, unit=None, former_area=False):
    """[how many public reports hold this term] for each term of `query`, each at most CAP + 1."""
    ranked = Ranked(query, now, unit=unit, former_area=former_area)
    questions, values = [], []
    for number, term in enumerate(query.terms):
        sql, its_values = _holding(term.lexemes(), [term.long_ways] if term.long_ways else [])
        questions.append(
            f"SELECT {number}, count(*) FROM (SELECT 1 FROM {_table()} WHERE {sql}"
            f" AND {_newest()} >= %s AND {_newest()} < %s LIMIT {CAP + 1}) term_{number}"
        )
        values += [*its_values, *ranked.public]
    plan = _BY_WORDS if connection.vendor == "postgresql" else ""
    return [count for _, count in sorted(_rows(plan + " UNION ALL ".join(questions), values))]


def _in_place(unit, former_area):
    own = all_of(unit_lexeme(unit.pk, former_area=False))
    return any_of(own, unit_lexeme(unit.pk, former_area=True)) if former_area else own


def _less(tier, better):
    return without(tier, any_of(*better)) if better else tier


def _holding(lexemes, long_phrases):
    """(SQL, values) of: this row holds the lexemes, and the phrases stand in its stream."""
    stream = "stream"
    if connection.vendor == "sqlite":
        sql, values = "reports_search MATCH %s", [lexemes.as_fts5()]
        stream = "(SELECT stream FROM reports_searchentry WHERE newest = reports_search.rowid)"
    else:
        sql, values = "words @@ %s::tsquery", [lexemes.as_tsquery()]
    for ways in long_phrases:
        # Words are letters and digits: nothing in them means something to LIKE.
        sql += f" AND ({' OR '.join([f'{stream} LIKE %s'] * len(ways))})"
        values += [f"%{way}%" for way in ways]
    return sql, values


def _tier_of(column, tiers):
    cases = "".join(f" WHEN {column} @@ %s::tsquery THEN {n}" for n in range(1, len(tiers) + 1))
    return f"CASE{cases} ELSE {len(tiers) + 1} END", [tier.as_tsquery() for tier in tiers]


def _table():
    return "reports_search" if connection.vendor == "sqlite" else "reports_searchentry"


def _newest():
    return "reports_search.rowid" if connection.vendor == "sqlite" else "newest"


def _rows(sql, values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall()


def _column(sql, values):
    return [row[0] for row in _rows(sql, values)]
