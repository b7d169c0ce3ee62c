"""What readers of the demo wrote: one message of each kind, one of them nearly too late."""

from datetime import timedelta

from reports.feedback import receive, record_answer
from reports.models import Feedback, FeedbackKind, FeedbackStatus, Report, Usefulness

# (kind, days ago, text, sender, state, answer)
VOICES = (
    (
        FeedbackKind.CORRECTION, 13,
        "Đoạn cuối ghi 46 hộ góp đất. Tôi ở ấp này, đếm trong sổ của tổ thì 64 hộ.",
        ("Nguyễn Thị Sáu", "0299 000 0006"), FeedbackStatus.READING, "",
    ),
    (
        FeedbackKind.MISTAKE, 2, "Tên người trong ảnh thứ hai viết thiếu dấu.",
        ("", ""), FeedbackStatus.RECEIVED, "",
    ),
    (
        FeedbackKind.QUESTION, 9, "Lịch tiếp dân tháng tới có đổi không ạ?",
        ("Bác Tư", ""), FeedbackStatus.ANSWERED,
        "Lịch không đổi: sáng thứ năm hằng tuần, từ 7:30, tại trụ sở ủy ban.",
    ),
    (
        FeedbackKind.OPINION, 5, "Chữ ở trang in hơi nhỏ, mắt người già khó đọc.",
        ("", "doc-gia@thu.example"), FeedbackStatus.RECEIVED, "",
    ),
)  # fmt: skip


def add_voices(now):
    """Add them once: where anybody has written before, nothing is added."""
    reports = list(Report.objects.published(now).newest_first()[:3])
    if Feedback.objects.exists() or len(reports) < 3:
        return
    for number, (kind, days, text, (name, contact), status, answer) in enumerate(VOICES):
        # The last one speaks of the whole site.
        about = reports[number] if number < len(reports) else None
        at = now - timedelta(days=days)
        feedback = receive(report=about, now=at, kind=kind, text=text, name=name, contact=contact)
        if status != FeedbackStatus.RECEIVED:
            feedback.status, feedback.answer = status, answer
            record_answer(feedback, by=None, now=at + timedelta(days=1))
    for report, (yes, no) in zip(reports, ((41, 3), (12, 1), (2, 7)), strict=True):
        Usefulness.objects.get_or_create(report=report, defaults={"yes": yes, "no": no})
