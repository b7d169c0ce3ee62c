"""Photos: nobody's work goes out unnamed, no picture without its words."""

from ...alt_text import alt_complaint
from ..finding import Found, Level, rule


@rule(
    "anh-thieu-chu-thich",
    Level.BLOCK,
    "Ảnh chưa có chú thích.",
    "Ghi ai, đang làm gì, ở đâu. Ví dụ: Bà con ấp Trung Bình đổ bê tông nhịp cuối.",
)
def no_caption(draft):
    for photo in draft.photos:
        if not photo.caption.strip():
            yield Found(f"photos-{photo.number}-caption", photo.label, about=photo.token)


@rule(
    "anh-thieu-nguoi-chup",
    Level.BLOCK,
    "Ảnh chưa ghi người chụp.",
    "Chọn người chụp, hoặc ghi nguồn ảnh. Ví dụ: TTXVN, ảnh do gia đình cung cấp.",
)
def no_credit(draft):
    for photo in draft.photos:
        if not photo.has_credit:
            yield Found(f"photos-{photo.number}-credit_text", photo.label, about=photo.token)


@rule(
    "anh-thieu-mo-ta",
    Level.WARN,
    "Ảnh chưa có câu mô tả cho người không xem được ảnh.",
    "Tả điều nhìn thấy. Ví dụ: Bảy người đứng trên cây cầu bê tông mới.",
)
def no_alt(draft):
    for photo in draft.photos:
        if not photo.alt.strip():
            yield Found(f"photos-{photo.number}-alt", photo.label, about=photo.token)


@rule(
    "anh-mo-ta-rong",
    Level.BLOCK,
    "Câu mô tả ảnh không tả gì (tên tệp, “image”, chép lại chú thích hoặc tít).",
    "Tả điều nhìn thấy, hoặc để trống.",
)
def empty_alt(draft):
    for photo in draft.photos:
        if complaint := alt_complaint(photo.alt, caption=photo.caption, title=draft.title):
            yield Found(
                f"photos-{photo.number}-alt", f"{photo.label}: “{photo.alt}”", words=complaint,
                evidence=photo.alt, about=photo.token,
            )  # fmt: skip
