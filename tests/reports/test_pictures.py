"""Uploaded pictures: upright, stripped, in our sizes – or refused with the cure."""

import io
import zlib

import pytest
from PIL import Image

from portal.limited import Refusal, TookTooMuch, run_limited
from reports.photos import check_picture


def jpeg(width=1200, height=800, colour="navy", **options):
    out = io.BytesIO()
    Image.new("RGB", (width, height), colour).save(out, "JPEG", **options)
    return out.getvalue()


def opened(blob):
    return Image.open(io.BytesIO(blob))


def test_a_fine_photo_becomes_our_files_at_our_widths():
    checked = check_picture(jpeg(2000, 1000))

    assert (checked.width, checked.height) == (2000, 1000)
    assert set(checked.files) == {
        "goc.jpg", "480.jpg", "480.webp", "960.jpg", "960.webp", "1600.jpg", "1600.webp",
    }  # fmt: skip
    assert opened(checked.files["960.webp"]).size == (960, 480)
    assert opened(checked.files["960.webp"]).format == "WEBP"


def test_a_small_photo_is_never_blown_up():
    assert set(check_picture(jpeg(300, 200)).files) == {"goc.jpg", "300.jpg", "300.webp"}


@pytest.mark.parametrize("size", [(1600, 1000), (1200, 1700)])
def test_what_a_phone_fetches_stays_light_whatever_the_photo_shows(size):
    noise = io.BytesIO()
    Image.effect_noise(size, 110).convert("RGB").save(noise, "JPEG", quality=90)

    files = check_picture(noise.getvalue()).files

    assert (
        max(len(files[f"{width}.{kind}"]) for width in (480, 960) for kind in ("jpg", "webp"))
        <= 118_000
    )
    assert len(files["goc.jpg"]) > 500_000


def test_a_light_photo_is_not_made_lighter():
    smooth = io.BytesIO()
    Image.linear_gradient("L").resize((1600, 1000)).convert("RGB").save(smooth, "JPEG", quality=95)

    files = check_picture(smooth.getvalue()).files

    quantisation = opened(files["960.jpg"]).quantization
    best = io.BytesIO()
    opened(files["960.jpg"]).save(best, "JPEG", quality=80)
    assert quantisation == opened(best.getvalue()).quantization


def test_a_sideways_photo_is_turned_and_its_gps_and_names_are_gone():
    exif = Image.Exif()
    exif[0x0112] = 6
    exif[0x013B] = "Tên người chụp"
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    checked = check_picture(jpeg(1200, 800, exif=exif, comment=b"bi mat") + b"<?php trailing ?>")

    assert (checked.width, checked.height) == (800, 1200)
    for blob in checked.files.values():
        assert not opened(blob).getexif()
        assert b"bi mat" not in blob
        assert b"<?php" not in blob


@pytest.mark.parametrize(
    ("mode", "format_"),
    [
        ("P", "GIF"),
        ("RGBA", "PNG"),
        ("LA", "PNG"),
        ("RGBA", "WEBP"),
        ("CMYK", "JPEG"),
        ("1", "PNG"),
    ],
)
def test_every_colour_mode_of_the_four_formats_is_read(mode, format_):
    out = io.BytesIO()
    Image.new(mode, (60, 40)).save(out, format_)

    assert check_picture(out.getvalue()).width == 60


def png_that_claims(width, height):
    """A tiny PNG file whose header promises a huge picture."""
    out = io.BytesIO()
    Image.new("1", (8, 8)).save(out, "PNG")
    blob = bytearray(out.getvalue())
    blob[16:24] = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    blob[29:33] = zlib.crc32(bytes(blob[12:29])).to_bytes(4, "big")
    return bytes(blob)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "không phải là ảnh"),
        (b"GIF89a/*" + b"<script>alert(1)</script>", "không phải là ảnh"),
        (b"%PDF-1.7", "không phải là ảnh"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "SVG"),
        (b"\0\0\0\x18ftypheic" + b"\0" * 64, "HEIC của iPhone.* JPEG"),
        (b"\0\0\0\x18ftyphevx" + b"\0" * 64, "HEIC của iPhone.* JPEG"),
        (b"\0\0\0\x18ftypavif" + b"\0" * 64, "AVIF.* JPEG"),
        (b"\0\0\0\x14ftypqt  " + b"\0" * 64, "đoạn phim"),
        (b"BM" + b"\0" * 100, "không phải là ảnh"),
        (png_that_claims(8000, 5001), "40 triệu điểm"),
        (png_that_claims(50_000, 50_000), "40 triệu điểm"),
        (b"\xff" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
    ids=["empty", "polyglot", "pdf", "svg", "heic", "heic-burst", "avif", "film", "bmp", "41-megapixel", "bomb",
         "over-20-mb"],
)  # fmt: skip
def test_what_is_no_fine_picture_is_refused_with_the_cure(data, words):
    with pytest.raises(Refusal, match=words):
        check_picture(data)


@pytest.mark.parametrize("cut", [0.2, 0.5, 0.9])
def test_a_photo_cut_in_half_is_refused(cut):
    out = io.BytesIO()
    Image.effect_noise((800, 600), 90).save(out, "JPEG")
    whole = out.getvalue()

    assert check_picture(whole).width == 800
    with pytest.raises(Refusal, match="hỏng"):
        check_picture(whole[: int(len(whole) * cut)])


def test_the_child_is_stopped_by_its_deadline_and_by_its_memory():
    with pytest.raises(TookTooMuch, match="quá nhiều thời gian"):
        run_limited("tests.deeds:sleep_long", b"", seconds=1)
    with pytest.raises(TookTooMuch, match="quá phức tạp"):
        run_limited("tests.deeds:eat_memory", b"", memory_mb=200)
    # The control: the same rig lets an honest deed through.
    assert run_limited("tests.deeds:count", b"abc") == (
        {"bytes": 3},
        {"same": b"abc"},
    )
