"""What becomes of an uploaded picture: checked, turned upright, stripped, written in our own sizes.

No Django here: `portal.limited` runs `read_picture` in a child process. Phone photos carry GPS and
names, and a 20 kB file can need 700 MB of memory, so nothing of the upload survives but its pixels.
"""

import io
import warnings

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

from portal.limited import Refusal
from reports.renditions import PHONE_BYTES, PHONE_WIDTH, rendition_widths

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
# The longest side of what we keep as the original, in pixels; a 12-megapixel phone photo fits.
ORIGINAL_SIDE = 4096
FORMATS = ("JPEG", "PNG", "WEBP", "GIF")

# How a file of the HEIF family names itself; phones write more than one.
_HEIF = (
    b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs", b"heif", b"mif1", b"mif2",
    b"msf1",
)  # fmt: skip

# Our own limit, asked of the header before decoding, has words; Pillow's has none.
Image.MAX_IMAGE_PIXELS = None


def read_picture(data):
    """({"width", "height"}, {"goc.jpg": …, "480.jpg": …, "480.webp": …}) of an uploaded picture.

    Judged by content, never by name. Raises Refusal in Vietnamese with the cure.
    """
    if len(data) > MAX_BYTES:
        raise Refusal("Ảnh lớn hơn 20 MB. Hãy gửi bản nhỏ hơn, ví dụ lưu lại từ Zalo.")
    picture = _decode(data)
    size = {"width": picture.width, "height": picture.height}
    files = {"goc.jpg": _original(picture)}
    # From wide to narrow, each out of the one before: the large picture is let go of early.
    for width in reversed(rendition_widths(picture.width)):
        if width < picture.width:
            height = max(1, round(size["height"] * width / size["width"]))
            picture = picture.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3)
        most = PHONE_BYTES if width <= PHONE_WIDTH else None
        files[f"{width}.jpg"] = _within(most, _jpeg, picture, (80, 70, 60, 48, 36))
        files[f"{width}.webp"] = _within(most, _webp, picture, (76, 66, 56, 44, 32))
    return size, files


def _decode(data):
    """The upright RGB pixels, the longer side at most ORIGINAL_SIDE."""
    _refuse_by_signature(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            picture = Image.open(io.BytesIO(data), formats=FORMATS)
            if picture.width * picture.height > MAX_PIXELS:
                raise Refusal(
                    f"Ảnh {picture.width} × {picture.height} điểm là quá lớn (tối đa 40 triệu điểm). "
                    "Hãy thu nhỏ rồi gửi lại."
                )
            picture.draft("RGB", (ORIGINAL_SIDE, ORIGINAL_SIDE))
            picture.load()  # a whole decode: verify() accepts files cut in half
            # The turn must be read before anything else drops the EXIF block.
            orientation = picture.getexif().get(0x0112, 1)
            picture.thumbnail((ORIGINAL_SIDE, ORIGINAL_SIDE), Image.Resampling.LANCZOS)
            if orientation in range(2, 9):
                picture = ImageOps.exif_transpose(picture)
            return _flatten(_in_our_colours(picture))
    except (
        UnidentifiedImageError,
        OSError,
        ValueError,
        SyntaxError,
        EOFError,
        IndexError,
        TypeError,
        KeyError,
        AttributeError,
        OverflowError,
    ) as error:
        raise Refusal(
            "Tệp này không phải là ảnh, hoặc ảnh đã hỏng. Hãy mở thử trên máy rồi gửi lại bản JPEG hay PNG."
        ) from error


def _refuse_by_signature(data):
    """Formats we know by their first bytes and answer with their own cure."""
    if data[4:8] == b"ftyp":
        if data[8:12] in (b"avif", b"avis"):
            raise Refusal(
                "Đây là ảnh AVIF lưu từ một trang web. Hãy mở ra và lưu lại thành JPEG hoặc PNG."
            )
        if data[8:12] in _HEIF:
            raise Refusal(
                "Đây là ảnh HEIC của iPhone. Hãy đổi sang JPEG: vào Cài đặt › Camera › Định dạng › Tương thích nhất, "
                "hoặc gửi ảnh qua Zalo rồi lưu lại."
            )
        raise Refusal("Đây là đoạn phim, không phải ảnh. Hãy chọn tệp ảnh.")
    if b"<svg" in data[:1024].lower():
        raise Refusal("Không nhận ảnh SVG. Hãy xuất ra JPEG hoặc PNG.")


def _in_our_colours(picture):
    """The picture in sRGB, where it brings a profile of its own.

    Phones write Display P3. Without its profile such a photo would look washed out, and we drop all
    profiles. A profile nobody can read is no reason to refuse a photo.
    """
    profile = picture.info.get("icc_profile")
    if not profile or picture.mode not in ("RGB", "RGBA", "CMYK"):
        return picture
    try:
        own = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if ImageCms.getProfileDescription(own).startswith("sRGB"):
            return picture
        ours = ImageCms.createProfile("sRGB")
        if picture.mode == "CMYK":
            return ImageCms.profileToProfile(picture, own, ours, outputMode="RGB")
        ImageCms.profileToProfile(picture, own, ours, inPlace=True)
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        pass
    return picture


def _flatten(picture):
    """RGB on white, without palette, transparency, EXIF, GPS, XMP or colour profile."""
    if picture.mode.startswith("I"):
        # 16 bits a point, as scanners write; Pillow's own conversion would cut everything off at 255.
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info:
        picture = picture.convert("RGBA")
        ground = Image.new("RGB", picture.size, "white")
        ground.paste(picture, mask=picture.getchannel("A"))
        picture = ground
    if picture.mode != "RGB":  # `convert` would copy: 36 MB for a phone photo
        picture = picture.convert("RGB")
    picture.info = {}
    return picture


def _within(most, encode, picture, qualities):
    """The picture in the best of `qualities` that stays within `most` bytes.

    Leaves and gravel weigh three times what a meeting room does; a phone pays by the byte. What is
    too heavy even at the lowest loses its finest grain, which a phone would not show.
    """
    for grain in (1, 0.7, 0.45, 0.25):
        shown = picture if grain == 1 else _softened(picture, grain)
        for quality in qualities if grain == 1 else qualities[-2:]:
            content = encode(shown, quality)
            if most is None or len(content) <= most:
                return content
    return content


def _softened(picture, grain):
    small = (max(1, round(picture.width * grain)), max(1, round(picture.height * grain)))
    return picture.resize(small, Image.Resampling.LANCZOS).resize(
        picture.size, Image.Resampling.BICUBIC
    )


def _webp(picture, quality):
    out = io.BytesIO()
    picture.save(out, "WEBP", quality=quality, method=4)
    return out.getvalue()


def _original(picture):
    """Written row by row: a progressive file would hold all of it in memory once more."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def _jpeg(picture, quality):
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
