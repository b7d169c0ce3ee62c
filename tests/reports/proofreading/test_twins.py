"""Is this report there already? Found cheaply, judged closely, told only to who may know."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from reports import workflow
from reports.models import MemberRole, Report, ReportStatus
from reports.proofreading.checking import check
from tests.factories import (
    EventFactory,
    MembershipFactory,
    ReportFactory,
    UserFactory,
    next_commune,
)

pytestmark = pytest.mark.django_db

TWINS = {"trung-bai", "gan-trung-noi-dung", "gan-trung-tit"}
SENTENCES = [
    "Sáng sớm, bà con ấp Trung đã có mặt ở bến đò với cuốc xẻng và mấy bao xi măng.",
    "Ai có công góp công, ai có xe chở cát, còn mấy cụ già thì nấu nồi cháo cá thật lớn.",
    "Đến trưa, đoạn đường trước miếu đã ban phẳng, chỉ còn chờ đá dăm của hợp tác xã.",
    "Ông Tư cười bảo năm ngoái bàn mãi chẳng xong, năm nay mỗi nhà một đoạn lại thành nhanh.",
    "Xã hứa lắp hai bóng đèn ở chỗ ngoặt, nơi tối qua còn có người ngã xe xuống mương.",
    "Cuốn sổ ghi tên từng hộ được treo trước nhà văn hóa để ai đi ngang cũng đọc được.",
]


def body(sentences):
    return "".join(f"<p>{sentence}</p>" for sentence in sentences)


@pytest.fixture
def unit(registry):
    return next_commune()


def twins_in(report, user=None):
    return [finding for finding in check(report, user=user) if finding.rule in TWINS]


def test_the_same_text_under_the_same_title_is_stopped(unit):
    first = ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    again = ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))

    (finding,) = twins_in(again, UserFactory(is_superuser=True))

    assert (finding.rule, finding.is_block) == ("trung-bai", True)
    assert finding.where == "Trùng 100% chữ: “Ấp Trung làm đường”"
    assert [link.url for link in finding.links] == [f"/quan-tri/reports/report/{first.pk}/change/"]
    assert finding.links[0].words == "Ấp Trung làm đường (Nháp)"


def test_the_same_text_of_the_same_event_is_stopped_whatever_its_title(unit):
    event = EventFactory(unit=unit)
    ReportFactory(unit=unit, event=event, title="Ấp Trung làm đường", body=body(SENTENCES))
    again = ReportFactory(unit=unit, event=event, title="Bà con ra quân", body=body(SENTENCES))

    assert [finding.rule for finding in twins_in(again)] == ["trung-bai"]


def test_most_of_another_text_is_a_reminder(unit):
    ReportFactory(
        unit=unit,
        title="Ấp Trung làm đường",
        body=body([*SENTENCES, "Còn thêm một câu dài nữa ở cuối."]),
    )
    near = ReportFactory(unit=unit, title="Chuyện ở bến đò", body=body(SENTENCES))

    (finding,) = twins_in(near)

    assert (finding.rule, finding.is_block) == ("gan-trung-noi-dung", False)


def test_half_a_text_is_none(unit):
    ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    own = [
        "Chiều xuống, tổ hòa giải ngồi lại nghe hai nhà kể chuyện bờ ranh suốt mười năm qua.",
        "Chị Sáu rót nước, nói nhỏ rằng đất thì nằm đó, còn tình làng nghĩa xóm mới dễ mất.",
        "Biên bản chỉ có bốn dòng, hai bên cùng ký, ai cũng thấy nhẹ người khi ra về.",
        "Từ đó con đường nhỏ giữa hai vườn lại có tiếng trẻ con chạy qua mỗi buổi sáng.",
    ]
    half = ReportFactory(unit=unit, title="Hai nhà một bờ ranh", body=body([*own, *SENTENCES[:3]]))

    assert twins_in(half) == []


def test_a_text_of_another_unit_is_found_but_not_told(unit):
    theirs = ReportFactory(unit=next_commune(), title="Ấp Trung làm đường", body=body(SENTENCES))
    ours = ReportFactory(unit=unit, title="Chuyện ở bến đò", body=body(SENTENCES))
    editor = MembershipFactory(unit=unit, role=MemberRole.EDITOR).user

    (finding,) = twins_in(ours, editor)
    assert finding.where == "Trùng 100% chữ: một bài của đơn vị khác"
    assert finding.links == ()

    # Control: what everybody may read is named.
    Report.objects.filter(pk=theirs.pk).update(
        status=ReportStatus.PUBLISHED, published_at=theirs.created_at
    )
    (finding,) = twins_in(ours, editor)
    assert finding.links[0].url == f"/b/{theirs.pk}/"


def test_a_colleagues_draft_is_not_told_to_a_contributor(unit):
    ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    ours = ReportFactory(unit=unit, title="Chuyện ở bến đò", body=body(SENTENCES))
    contributor = MembershipFactory(unit=unit, role=MemberRole.CONTRIBUTOR).user

    (finding,) = twins_in(ours, contributor)

    assert finding.where == "Trùng 100% chữ: một bài khác của đơn vị mà bạn không mở được"


def test_near_titles_are_a_reminder(unit):
    ReportFactory(
        unit=unit, title="Hội Nông dân xã tặng cây giống cho hội viên", body="<p>Một.</p>"
    )
    near = ReportFactory(
        unit=unit, title="Hội nông dân xã tặng cây giống cho các hội viên", body="<p>Hai.</p>"
    )

    assert [finding.rule for finding in twins_in(near)] == ["gan-trung-tit"]


@pytest.mark.parametrize(
    "title",
    [
        "Lịch tiếp công dân tháng 7 của xã", "Lịch tiếp công dân của xã trong quý này",
        "Tiếp công dân",
    ],
)  # fmt: skip
def test_another_month_is_another_report(unit, title):
    ReportFactory(unit=unit, title="Lịch tiếp công dân tháng 6 của xã", body="<p>Một.</p>")

    assert twins_in(ReportFactory(unit=unit, title=title, body="<p>Hai.</p>")) == []


def test_the_near_title_of_another_unit_is_its_own(unit):
    ReportFactory(unit=next_commune(), title="Hội Nông dân xã tặng cây giống", body="<p>Một.</p>")

    assert twins_in(ReportFactory(unit=unit, title="Hội Nông dân xã tặng cây giống")) == []


def test_a_withdrawn_text_may_come_again(unit):
    ReportFactory(unit=unit, withdrawn=True, title="Ấp Trung làm đường", body=body(SENTENCES))

    assert (
        twins_in(ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))) == []
    )


def test_a_revision_is_no_twin_of_its_original(unit):
    original = ReportFactory(
        unit=unit, published=True, title="Ấp Trung làm đường", body=body(SENTENCES)
    )
    revision = workflow.revise(original, by=UserFactory(is_superuser=True))

    assert twins_in(revision) == []
    assert twins_in(original) == []
    # Control: a third one is.
    third = ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    assert [finding.rule for finding in twins_in(third)] == ["trung-bai"]


def test_a_twin_deep_below_the_newest_is_found_by_its_words(unit, monkeypatch):
    monkeypatch.setattr("reports.proofreading.rules.twins._NEWEST_OF_UNIT", 2)
    ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    ReportFactory.create_batch(3, unit=unit)
    again = ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))

    assert [finding.rule for finding in twins_in(again)] == ["trung-bai"]


def test_reading_costs_the_same_queries_however_many_there_are(unit):
    user = UserFactory(is_superuser=True)

    def cost(report):
        report = Report.objects.select_related("unit", "event").get(pk=report.pk)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            check(report, user=user)
        return len(queries)

    ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    mine = ReportFactory(unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))
    few = cost(mine)
    ReportFactory.create_batch(9, unit=unit, title="Ấp Trung làm đường", body=body(SENTENCES))

    assert cost(mine) == few
    assert few <= 8
