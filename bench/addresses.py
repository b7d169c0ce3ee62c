"""The pages that are measured: {name: address}, with what this database holds."""


def addresses():
    """Needs Django. Chooses the unit and the report in the middle of what is there."""
    from django.db.models import Count, Max
    from django.utils import timezone

    from reports.models import Event, Report

    published = Report.objects.published()
    last = published.aggregate(last=Max("pk"))["last"]
    report = published.filter(pk__gte=last // 2).order_by("pk").first()
    units = published.filter(pk__gt=last - 2000).values("unit").annotate(told=Count("pk"))
    unit = units.order_by("-told").first()["unit"]
    province = report.unit.parents_on()[-1].pk if report.unit.parents_on() else unit
    event = Event.objects.published(timezone.now()).order_by("pk").first()
    return {
        "home": "/",
        "list": "/tin/",
        "list, page 5,000": "/tin/?trang=5000",
        "list, year": "/tin/?ky=2025",
        "list, quarter and convention": "/tin/?ky=2025-Q1&quy-uoc=15-14",
        "list, unit": f"/tin/?don-vi={unit}",
        "list, province": f"/tin/?don-vi={province}",
        "list, province and its former area": f"/tin/?don-vi={province}&don-vi-cu=1",
        "list, unit and year": f"/tin/?don-vi={unit}&ky=2025",
        "list, undated": "/tin/?chua-ro-ngay=1",
        "report": report.get_absolute_url(),
        "unit": report.unit.get_absolute_url(),
        "events": "/su-kien/",
        **({"event": event.get_absolute_url()} if event else {}),
        "search, common words": "/tim-kiem/?q=dan+van",
        "search, rare word": "/tim-kiem/?q=xuan",
        "search, phrase": "/tim-kiem/?q=%22s%C6%A1+k%E1%BA%BFt+c%C3%B4ng+t%C3%A1c%22",
        "search, nothing": "/tim-kiem/?q=khongcotunayodau",
        "search, words and province": f"/tim-kiem/?q=dan+van&don-vi={province}",
        "feed": "/rss/",
        "sitemap": "/sitemap.xml",
    }
