"""A small corpus of our own for searching: short name -> what a report says, the newest first.

`r01` was published last. Each text has words that only some of the others share.
"""

from datetime import date, datetime, timedelta

from django.utils import timezone

from reports.models import EventKind, ReportStatus
from tests.factories import (
    ContributionFactory,
    EventFactory,
    OrganisationFactory,
    PersonFactory,
    ReportFactory,
    SectionFactory,
    TopicFactory,
)
from units.models import Unit

NEWEST = datetime(2026, 10, 1, 8, 0)
# (name, unit, title, lead, body): the unit is one of the time of the report.
TEXTS = [
    ("r01", "t2-30682", "Ban Dân vận xã gặp gỡ bạn trẻ", "Sáng nay có trà.", "<p>Mười bạn trẻ hỏi.</p>"),
    ("r02", "t2-30682", "Bạn của đồng ruộng", "Chuyện một nông dân.", "<p>Anh Hai trồng sen.</p>"),
    ("r03", "t2-30682", "Cầu mới ở kênh Ba", "Ban quản lý ấp làm.", "<p>Ván gỗ, đinh sắt.</p>"),
    ("r04", "t2-30682", "Hòa giải ở cơ sở", "Tổ hòa giải kể chuyện.", "<p>Thúy và Khỏe làm lành.</p>"),
    ("r05", "t2-30682", "Hoà thuận một xóm", "Uỷ ban đến thăm.", "<p>Ủy thác cho tổ trưởng.</p>"),
    ("r06", "t2-30682", "MTTQ xã trao nhà", "Căn nhà thứ ba.", "<p>Có sân, có giếng.</p>"),
    ("r07", "t2-30682", "Nhà mới của má Tư", "Vui cả xóm.", "<p>Mặt trận Tổ quốc xã trao chìa khóa.</p>"),
    ("r08", "t2-30682", "Mặt trận của nông dân", "Tổ quốc là ruộng.", "<p>Chuyện kể bên bờ.</p>"),
    ("r09", "t2-30682", "Uỷ ban MTTQ tỉnh về ấp", "Nghe dân nói.", "<p>Ghi đủ mười điều.</p>"),
    ("r10", "t2-30682", "UBND xã mở cửa sớm", "Từ bảy giờ.", "<p>Không ai phải chờ.</p>"),
    ("r11", "t2-30682", "Ủy ban nhân dân trả lời", "Bốn câu hỏi.", "<p>HĐND giám sát.</p>"),
    ("r12", "t2-30682", "Phiên họp của hội đồng nhân dân", "Bàn việc nước sạch.", "<p>QCDC được nhắc lại.</p>"),
    ("r13", "t2-30682", "Quy chế dân chủ trên bảng tin", "Ai cũng đọc được.", "<p>Chữ to, dán thấp.</p>"),
    ("r14", "t2-30682", "Mô hình “Dân vận khéo” ở chợ", "Ba sạp đầu tiên.", "<p>Cân đúng, nói thật.</p>"),
    ("r15", "t2-30682", "Khéo tay đan lưới", "Dân biển vận lưới.", "<p>Lưới vá xong.</p>"),
    ("r16", "t2-30682", "Dân vận động viên đi xe đạp", "Vận dụng sức khéo.", "<p>Đường bằng.</p>"),
    ("r17", "t2-30682", "CCB giữ rừng", "Tám người.", "<p>Tuần tra đêm.</p>"),
    ("r18", "t2-30682", "Hội Cựu chiến binh dựng cầu", "Cầu tre.", "<p>LHPN nấu cơm.</p>"),
    ("r19", "t2-30682", "Liên hiệp Phụ nữ gói bánh", "Hai trăm cái.", "<p>Bánh tét.</p>"),
    ("r20", "t2-30682", "NTM: đường hoa tới ấp", "Hoa mười giờ.", "<p>Dài hai cây số.</p>"),
    ("r21", "t2-30682", "Làng trong chương trình nông thôn mới", "Đèn sáng.", "<p>Trồng cây.</p>"),
    ("r22", "t3-894", "Huyện tổng kết việc làng", "Hội trường đông.", "<p>Trà nóng.</p>"),
    ("r23", "t3-30682", "Chuyện bến đò", "Đò ngang.", "<p>Kênh rộng.</p>"),
    ("r24", "t2-30682", "Bài ký tên", "Một bài ngắn.", "<p>Không có gì lạ.</p>"),
    ("r25", "t2-30682", "Bài có chuyên mục", "Một bài nữa.", "<p>Cũng ngắn thôi.</p>"),
    ("r26", "t2-30682", "Đường về Đất Mũi", "Ðường đất đỏ.", "<p>Đi đò, đi bộ.</p>"),
    ("r27", "t2-30682", "Duong ve que ngoai", "Khong dau.", "<p>Ban toi ke.</p>"),
    ("r28", "t2-30682", "A<b>c & “d”", "Một <dòng> lạ.", "<p>mot</p><p>hai</p><ul><li>ba</li></ul>"),
]  # fmt: skip


def make_corpus():
    """Store the corpus; returns {name: report}. r22 tells of an event of 10/1/2020."""
    reports = {}
    for days, (name, unit, title, lead, body) in enumerate(TEXTS):
        more = {}
        published = NEWEST - timedelta(days=days)
        if name == "r22":
            published = datetime(2020, 1, 11, 8, 0)
            more["event"] = EventFactory(
                name="Hội nghị trực tuyến toàn huyện",
                event_on=date(2020, 1, 10),
                kind=EventKind.FINAL_REVIEW,
                unit=Unit.objects.get(pk=unit),
            )
            more |= {"period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}
        if name == "r23":
            published = datetime(2021, 6, 1, 8, 0)
        if name == "r24":
            more["organisation"] = OrganisationFactory(name="Hội Làm Vườn", short_name="HLV")
        if name == "r25":
            more["section"] = SectionFactory(name="Gương sáng quê ta")
        report = ReportFactory(
            title=title,
            lead=lead,
            body=body,
            unit=Unit.objects.get(pk=unit),
            status=ReportStatus.PUBLISHED,
            published_at=timezone.make_aware(published),
            **more,
        )
        reports[name] = report
    reports["r25"].topics.add(TopicFactory(name="Giữ gìn bờ bãi"))
    reports["r25"].save()
    ContributionFactory(
        report=reports["r24"], person=PersonFactory(name="Lò Thị Mẩy"), signed_as="L.M"
    )
    return reports
