"""One site with everything readers can meet, and the address of every kind of page it has."""

import io
from datetime import date, timedelta
from functools import cache
from types import SimpleNamespace

from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from portal.errors import out_of_service, server_error
from portal.models import SiteProfile
from reports.models import Feedback, Photo, Usefulness
from reports.photos import check_picture
from reports.quota import MINUTE
from tests.factories import (
    ContributionFactory,
    CorrectionFactory,
    EventFactory,
    FigureFactory,
    OrganisationFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
    UserFactory,
)
from units.models import Unit

WARD = "t2-30502"
FORMER_COMMUNE = "t3-30517"
FORMER_DISTRICT = "t3-894"
PROVINCE = "t2-91"
BODY = (
    "<h2>Nghe trước</h2><p>Một đoạn.</p><ul><li>Một</li></ul><blockquote><p>Lời nói.</p></blockquote>"
    "<table><tbody><tr><th>Ấp</th><td>1.284.000.000 đồng</td></tr></tbody></table>"
)


@cache
def drawn_picture():
    picture = io.BytesIO()
    Image.new("RGB", (1200, 800), (120, 160, 165)).save(picture, "JPEG")
    return check_picture(picture.getvalue())


def build():
    """Reports, events and voices of readers; `report` is the one with everything a page can show."""
    SiteProfile(
        area="tỉnh Tân Giang",
        managing_body="Ban Tuyên giáo và Dân vận Tỉnh ủy Tân Giang",
        phone="0299 000 0000",
        email="banbientap@example.vn",
    ).save()
    unit = Unit.objects.get(pk=FORMER_COMMUNE)
    section, topic = SectionFactory(name="Hoạt động Đảng – Đoàn thể"), TopicFactory()
    event = EventFactory(
        unit=unit,
        is_public=True,
        venue="Hội trường ủy ban nhân dân thị xã",
        event_on=date(2026, 7, 2),
    )
    report = ReportFactory(
        published=True,
        title="Bắc xong ba cây cầu dân sinh nhờ dân góp đất, góp công",
        body=BODY,
        unit=unit,
        event=event,
        section=section,
        organisation=OrganisationFactory(),
        byline_organisation="Trung tâm Văn hóa – Thông tin – Thể thao",
        source_name="Báo Mẫu",
    )
    person = ContributionFactory(report=report).person
    report.topics.add(topic)
    FigureFactory(report=report, confirmed_by=UserFactory(), unit_of_measure="triệu đồng")
    CorrectionFactory(report=report)
    for order in range(3):
        photo = Photo(report=report, order=order, caption="Toàn cảnh", alt="Hội trường")
        drawn_picture().store(photo)
        photo.save()
    Usefulness.add(report.pk, True)
    plain = ReportFactory(
        published=True,
        title="Cầu dân sinh Phú Hòa thông xe",
        body="<p>" + "Bà con bàn cách làm, ghi vào sổ, hẹn ngày trả lời. " * 30 + "</p>",
        unit=Unit.objects.get(pk=WARD),
    )
    ReportFactory.create_batch(25, published=True, unit=unit, section=section)
    ReportFactory(published=True, unit=Unit.objects.get(pk=WARD), published_is_estimate=True)
    for days in (3, 40):
        EventFactory(
            is_public=True,
            event_on=timezone.localdate() + timedelta(days=days),
            unit=Unit.objects.get(pk=WARD),
        )
    now = timezone.now()
    return SimpleNamespace(
        report=report,
        plain=plain,
        section=section,
        topic=topic,
        person=person,
        event=event,
        undated_event=EventFactory(is_public=True, unit=unit),
        withdrawn=ReportFactory(withdrawn=True),
        question=Feedback.objects.create(kind="hoi", text="Hỏi"),
        answered=Feedback.objects.create(
            kind="hoi",
            text="Hỏi",
            report=report,
            status="answered",
            answer="Đã sửa.",
            closed_at=now,
        ),
    )


def addresses_of(site):
    """Every kind of public page: its address and the status it answers with."""
    units = {pk: Unit.objects.get(pk=pk).get_absolute_url() for pk in (WARD, FORMER_COMMUNE)}
    units |= {pk: Unit.objects.get(pk=pk).get_absolute_url() for pk in (FORMER_DISTRICT, PROVINCE)}
    published_at = timezone.localtime(site.plain.published_at)
    year = reverse("reports:archive_year", args=[published_at.year])
    form = reverse("reports:feedback")
    good = [
        "/",
        "/tin/",
        f"/tin/?don-vi={FORMER_COMMUNE}&ky=2026-H1&quy-uoc=15-14&trang=9",
        "/tin/?don-vi=thoi+son&tu=x",
        f"/tin/?don-vi={FORMER_COMMUNE}&chuyen-muc={site.section.slug}&sap-xep=xem-nhieu&trang=2",
        "/tin/?q=khong+co+chu+nay+o+dau",
        "/tin/?dinh-chinh=1",
        "/tin/?muc=I&chua-ro-ngay=1",
        "/tin/?trang=2&moc=1.4070908800000000.1",
        year,
        f"{year}{published_at.month:02d}/",
        site.report.get_absolute_url(),
        f"{site.report.get_absolute_url()}?khac=2",
        site.plain.get_absolute_url(),
        site.section.get_absolute_url(),
        site.topic.get_absolute_url(),
        site.person.get_absolute_url(),
        reverse("reports:open_data"),
        reverse("reports:corrections"),
        reverse("reports:withdrawals"),
        reverse("reports:events"),
        "/su-kien/?ky=1990",
        "/su-kien/thang/2026-07/",
        "/su-kien/thang/1990-01/",
        site.event.get_absolute_url(),
        site.undated_event.get_absolute_url(),
        *units.values(),
        "/don-vi/",
        f"/don-vi/?tinh={PROVINCE}",
        "/don-vi/?thoi=truoc",
        f"/don-vi/?huyen={FORMER_DISTRICT}",
        "/don-vi/?q=thoi+son",
        "/don-vi/?q=khong+co+noi+nay",
        "/tim-kiem/",
        "/tim-kiem/?q=cau+dan+sinh",
        "/tim-kiem/?q=thoi+son",
        "/tim-kiem/?q=khong+co+chu+nay+o+dau",
        form,
        f"{form}?bai={site.report.pk}&ma=sai",
        site.question.get_absolute_url(),
        f"{site.question.get_absolute_url()}?moi=1",
        site.answered.get_absolute_url(),
        reverse("about"),
        reverse("contact"),
        reverse("accessibility"),
        reverse("site_map"),
    ]
    return dict.fromkeys(good, 200) | {
        "/khong-co-trang-nay/": 404,
        "/don-vi/xa-thoi-son-khong-co/": 404,
        f"{form}khong-co/": 404,
        site.withdrawn.get_absolute_url(): 410,
        reverse("reports:rate", args=[site.report.pk]): 405,
    }


def main_addresses_of(site):
    """The pages readers open most; what is slow to look at is looked at on these."""
    return [
        "/",
        "/tin/",
        site.report.get_absolute_url(),
        site.plain.get_absolute_url(),
        Unit.objects.get(pk=WARD).get_absolute_url(),
        "/tim-kiem/?q=cau+dan+sinh",
    ]


def break_down(tab):
    """Two addresses at which the site is broken, with the pages it has for that."""
    request = RequestFactory().get("/")
    broken = {"/hong/": server_error(request), "/tam-dung/": out_of_service()}
    for address, answer in broken.items():
        page = {"body": answer.content.decode(), "content_type": "text/html; charset=utf-8"}
        tab.route(f"**{address}", lambda route, request, page=page: route.fulfill(**page))
    return list(broken)


def refuse_messages(monkeypatch):
    """From here on every message of a reader is one too many."""
    monkeypatch.setattr("reports.feedback_views.OF_ALL", ((MINUTE, 0),))


def send_message(tab, base, text="Đoạn 3 ghi 46, đúng là 64."):
    tab.goto(base + reverse("reports:feedback"))
    tab.get_by_label("Nội dung").fill(text)
    tab.locator("[name=kind]").first.check()
    with tab.expect_navigation() as arrived:
        tab.get_by_role("button", name="Gửi", exact=True).click()
    return arrived.value
