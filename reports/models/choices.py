"""The closed lists of the trade, as the people in the office say them (DOMAIN, section 4)."""

from django.db import models


class ReportStatus(models.TextChoices):
    """Scheduled is no status: it is a published report whose moment has not come."""

    DRAFT = "draft", "Nháp"
    SUBMITTED = "submitted", "Chờ duyệt"
    RETURNED = "returned", "Trả lại"
    PUBLISHED = "published", "Đã đăng"
    WITHDRAWN = "withdrawn", "Đã gỡ"


class ReturnReason(models.TextChoices):
    """Grounds on which newsrooms send an item back (DOMAIN, section 1)."""

    NO_CREDIT = "thieu-ten", "thiếu tên người chụp hoặc chú thích ảnh"
    UNVERIFIED = "chua-chac", "chưa kiểm chứng, hoặc viết chưa đạt"
    DUPLICATE = "trung", "trùng bài đã có"
    OUTSIDE = "ngoai-viec", "ngoài phạm vi của trang"
    SECRET = "noi-bo", "nội dung mật hoặc nội bộ"
    OTHER = "khac", "lý do khác"


class WithdrawReason(models.TextChoices):
    """Why a published report is taken down; readers of its address are told."""

    WRONG = "sai", "thông tin sai"
    DUPLICATE = "trung", "trùng với bài khác"
    ASKED = "de-nghi", "theo đề nghị của người trong bài"
    RIGHTS = "quyen", "ảnh hoặc bài chưa được phép dùng"
    PERSONAL = "rieng-tu", "lộ thông tin cá nhân"
    OTHER = "khac", "lý do khác"


class AlertKind(models.TextChoices):
    """What an alert tells its reader; the word stands before the report's title."""

    SUBMITTED = "gui-duyet", "chờ duyệt"
    RETURNED = "tra-lai", "bị trả lại"
    PUBLISHED = "dang", "đã đăng"
    SCHEDULED = "hen-gio", "hẹn giờ đăng"
    RENEWED = "dang-ban-moi", "đăng bản mới"
    CORRECTED = "dinh-chinh", "đính chính"
    WITHDRAWN = "go", "đã gỡ"
    RESTORED = "dang-lai", "đăng lại"


class Genre(models.TextChoices):
    """Thể loại; the fee sheet prices by it."""

    NEWS = "tin", "tin"
    PHOTO_NEWS = "tin-anh", "tin ảnh"
    ROUNDUP = "tong-hop", "tin tổng hợp"
    FEATURE = "phan-anh", "bài phản ánh"
    PROFILE = "guong", "gương điển hình"
    PHOTO_ESSAY = "phong-su-anh", "phóng sự ảnh"
    INTERVIEW = "phong-van", "phỏng vấn"
    NOTICE = "thong-bao", "thông báo"


class ReportHeading(models.TextChoices):
    """Mục báo cáo: the headings of the committees' official outline, in its order."""

    SITUATION = "I", "I. Tình hình các tầng lớp nhân dân"
    PARTY = "II.1", "II.1. Công tác dân vận của các cấp ủy đảng"
    GOVERNMENT = "II.2", "II.2. Công tác dân vận của các ngành, các cấp chính quyền"
    FRONT = "II.3", "II.3. Mặt trận, đoàn thể, hội quần chúng"
    ETHNIC = "II.4", "II.4. Công tác dân tộc, tôn giáo và đối tượng khác"
    COMMITTEE = "III", "III. Hoạt động của Ban (Tuyên giáo và) Dân vận cấp ủy"
    PROPOSALS = "IV", "IV. Kiến nghị, đề xuất"


class EventKind(models.TextChoices):
    INTERIM_REVIEW = "so-ket", "sơ kết"
    FINAL_REVIEW = "tong-ket", "tổng kết"
    BRIEFING = "giao-ban", "giao ban, trực báo"
    ROLL_OUT = "trien-khai", "triển khai, quán triệt"
    TRAINING = "tap-huan", "tập huấn"
    DIALOGUE = "doi-thoai", "đối thoại"
    VOTER_MEETING = "tiep-xuc-cu-tri", "tiếp xúc cử tri"
    SURVEY = "giam-sat", "khảo sát, kiểm tra, giám sát"
    CRITIQUE = "phan-bien", "phản biện"
    VISIT = "tham-tang-qua", "thăm, tặng quà"
    LAUNCH = "ra-quan", "ra quân, phát động"
    SEMINAR = "toa-dam", "tọa đàm, gặp mặt, kỷ niệm"
    SIGNING = "ky-ket", "ký kết"
    CONGRESS = "dai-hoi", "đại hội"
    CEREMONY = "le", "lễ"
    OTHER = "khac", "khác"


class Session(models.TextChoices):
    MORNING = "sang", "sáng"
    AFTERNOON = "chieu", "chiều"
    EVENING = "toi", "tối"


class ContributionRole(models.TextChoices):
    AUTHOR = "author", "người viết"
    PHOTOGRAPHER = "photographer", "người chụp ảnh"
    EDITOR = "editor", "biên tập"
    INFORMANT = "informant", "cung cấp tin"


class ScopeRelation(models.IntegerChoices):
    """Why a public list of a unit finds a report; the smaller, the nearer."""

    OWN = 0, "của đơn vị"
    SUBORDINATE = 1, "của cấp dưới"
    FORMER_AREA = 2, "địa bàn cũ"
    FORMER_DISTRICT = 3, "huyện cũ"


class MemberRole(models.TextChoices):
    CONTRIBUTOR = "contributor", "cộng tác viên"
    EDITOR = "editor", "biên tập viên"
    APPROVER = "approver", "người duyệt"
    UNIT_ADMIN = "unit_admin", "quản trị của đơn vị"
    DESK = "desk", "cán bộ tổng hợp"


class FeedbackKind(models.TextChoices):
    MISTAKE = "bao-loi", "báo lỗi trong bài"
    CORRECTION = "dinh-chinh", "đề nghị đính chính"
    OPINION = "gop-y", "góp ý"
    QUESTION = "hoi", "hỏi"


class FeedbackStatus(models.TextChoices):
    RECEIVED = "received", "đã nhận"
    READING = "reading", "đang xem"
    ANSWERED = "answered", "đã trả lời"
    CORRECTED = "corrected", "đã đính chính"
    DECLINED = "declined", "không tiếp nhận"
