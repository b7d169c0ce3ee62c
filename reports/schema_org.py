"""What machines read on a page: schema.org objects, as dictionaries the template prints."""

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from reports.models import ContributionRole
from reports.one_query import versions_of


def absolute(path):
    """The full address of a path, from the settings, never from what a visitor sent."""
    return f"{settings.SITE_URL}{path}"


def news_article(report):
    """NewsArticle: the days as stored, the authors as printed; nothing that is not known."""
    url = absolute(report.get_absolute_url())
    data = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "@id": url,
        "mainEntityOfPage": url,
        "headline": report.title,
        "inLanguage": "vi",
        "publisher": {"@type": "Organization", "name": report.unit_full_label},
    }
    if report.lead:
        data["description"] = report.lead
    if report.published_at and not report.published_is_estimate:
        data["datePublished"] = local_iso(report.published_at)
        data["dateModified"] = local_iso(changed_at(report))
    if authors := report.signed_by(ContributionRole.AUTHOR):
        data["author"] = [
            {
                "@type": "Person",
                "name": author.printed_name,
                "url": absolute(author.person.get_absolute_url()),
            }
            for author in authors
        ]
    elif report.byline_organisation:
        data["author"] = [{"@type": "Organization", "name": report.byline_organisation}]
    if photos := report.photos.all():
        data["image"] = [absolute(photo.src) for photo in photos]
    if report.section_id:
        data["articleSection"] = report.section.name
    if topics := report.topics.all():
        data["keywords"] = [topic.name for topic in topics]
    if corrections := report.corrections.all():
        data["correction"] = [correction.words for correction in corrections]
    if report.event_id:
        data["about"] = _event(report.event)
    return data


def changed_at(report):
    """When what readers see of a published report last changed: its text, or a correction."""
    return max(
        *versions_of(report),
        *(each.decided_at for each in report.corrections.all()),
        report.published_at,
    )


def event(event):
    """Event; without a known day it has no startDate, for nobody may guess one."""
    host = event.organisation.name if event.organisation_id else event.unit_label
    return {
        "@context": "https://schema.org",
        **_event(event),
        "organizer": {"@type": "Organization", "name": host},
        "inLanguage": "vi",
    }


def _event(event):
    data = {
        "@type": "Event",
        "@id": absolute(event.get_absolute_url()),
        "name": event.name,
        "location": {
            "@type": "Place",
            "name": event.venue or event.unit_label,
            "address": event.unit_label,
        },
        "eventAttendanceMode": (
            "https://schema.org/MixedEventAttendanceMode"
            if event.is_online
            else "https://schema.org/OfflineEventAttendanceMode"
        ),
    }
    if event.event_on:
        data["startDate"] = event.event_on.isoformat()
        data["endDate"] = (event.ends_on or event.event_on).isoformat()
    return data


def trail(steps):
    """BreadcrumbList of [(name, path), …]."""
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": absolute(path)}
            for position, (name, path) in enumerate(steps, start=1)
        ],
    }


def report_steps(report):
    """From the list of reports by the unit to the report: the page's own breadcrumb."""
    return [
        ("Tin bài", reverse("reports:list")),
        (report.unit_label, report.unit.get_absolute_url()),
        (report.title, report.get_absolute_url()),
    ]


def list_steps(*steps):
    """From the list of all reports down to a narrower one."""
    return [("Tin bài", reverse("reports:list")), *steps]


def profile(person):
    """ProfilePage of somebody who signs reports: the name, and nothing else about them."""
    return {
        "@context": "https://schema.org",
        "@type": "ProfilePage",
        "mainEntity": {
            "@type": "Person",
            "@id": absolute(person.get_absolute_url()),
            "name": person.name,
        },
    }


def event_steps(event):
    return [
        ("Sự kiện", reverse("reports:events")),
        (event.unit_label, event.unit.get_absolute_url()),
        (event.name, event.get_absolute_url()),
    ]


def local_iso(moment):
    """`2026-07-03T08:15:00+07:00`: a moment on our clock, for machines."""
    return timezone.localtime(moment).isoformat("T", "seconds")
