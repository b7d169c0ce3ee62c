"""Which other reports a reader of one may want next."""

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, Value, When

from reports.models import EventKind, Report

MOST = 4
# Among so many of the newest of the unit: enough to find kin, and never a walk through an archive.
NEWEST_OF_UNIT = 200


def related_reports(published, report, *, shown):
    """Up to four of the queryset `published`, nearest kin first, then newest. One query, or none.

    First those about the same event; then, among the newest on the unit's ground, those sharing a
    topic; then those about an event of the same kind or by the same organisation. Never `report`
    itself nor what the page has `shown` already (primary keys).
    """
    topics = [topic.pk for topic in report.topics.all()]
    kin = Q()
    if report.event_id and report.event.kind != EventKind.OTHER:
        kin |= Q(event__kind=report.event.kind)
    if report.organisation_id:
        kin |= Q(organisation=report.organisation_id)
    if not (topics or kin or report.event_id):
        return []

    nearness = []
    if report.event_id:
        nearness.append(When(event=report.event_id, then=Value(0)))
    if topics:
        of_topic = Report.topics.through.objects.filter(report=OuterRef("pk"), topic__in=topics)
        nearness.append(When(Exists(of_topic), then=Value(1)))
    if kin:
        nearness.append(When(kin, then=Value(2)))

    around = published.in_area_of(report.unit).newest_first().values("pk")[:NEWEST_OF_UNIT]
    # A union, not an `OR`: both databases then look the few keys up instead of reading the table.
    candidates = Report.objects.filter(pk__in=around).values("pk")
    if report.event_id:
        candidates = candidates.union(Report.objects.filter(event=report.event_id).values("pk"))
    return list(
        published.filter(pk__in=candidates)
        .exclude(pk__in=[report.pk, *shown])
        .annotate(nearness=Case(*nearness, output_field=IntegerField()))
        .filter(nearness__isnull=False)
        .for_cards()
        .prefetch_related(None)
        .order_by("nearness", "-published_at", "-pk")[:MOST]
    )
