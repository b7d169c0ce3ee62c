"""The deadlines of work done in child processes: as shipped, and for a machine with much else to do.

A photo of two seconds takes twenty where eight others work. That is no failure, so tests wait longer;
those about a deadline name their own.
"""

from portal import limited
from reports.desk import pdf

SHIPPED = {**limited.run_limited.__kwdefaults__, "waiting": limited.MOST_WAITING}
LONG = 300


def stretch():
    limited.run_limited.__kwdefaults__["seconds"] = LONG
    limited.MOST_WAITING = LONG
    pdf.SECONDS = LONG
