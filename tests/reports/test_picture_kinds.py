"""What cameras, phones and old programs write: every kind comes out upright and in its own colours."""

import io
import struct
import subprocess
import sys
import zlib

import pytest
from PIL import Image, ImageCms
from PIL.MpoImagePlugin import MpoImageFile

from portal import limited
from portal.limited import Busy, run_limited
from reports.photos import check_picture

RED, GREEN, BLUE, WHITE = (230, 20, 20), (20, 160, 30), (20, 40, 220), (255, 255, 255)


def corners(width=400, height=300):
    """A picture whose four quarters have four colours, so that every turn and mirror shows."""
    picture = Image.new("RGB", (width, height), WHITE)
    picture.paste(RED, (0, 0, width // 2, height // 2))
    picture.paste(GREEN, (width // 2, 0, width, height // 2))
    picture.paste(BLUE, (0, height // 2, width // 2, height))
    return picture


def saved(picture, kind, **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def shown(data, name="goc.jpg"):
    """The picture readers get for an upload."""
    return Image.open(io.BytesIO(check_picture(data).files[name])).convert("RGB")


def quarters(picture):
    """Its four colours, each called by the nearest of ours."""
    places = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
    return [
        nearest(picture.getpixel((int(x * picture.width), int(y * picture.height))))
        for x, y in places
    ]


def nearest(pixel):
    colours = {"red": RED, "green": GREEN, "blue": BLUE, "white": WHITE}
    return min(
        colours, key=lambda name: sum(abs(a - b) for a, b in zip(colours[name], pixel, strict=True))
    )


def near(pixel, colour, most=12):
    return all(abs(a - b) <= most for a, b in zip(pixel, colour, strict=True))


UPRIGHT = ["red", "green", "blue", "white"]
# What must be done to the stored pixels, so that the orientation's number turns them upright again.
UNDOING = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", UNDOING)
def test_all_eight_ways_to_hold_a_phone_come_out_upright(orientation, kind):
    picture = corners()
    if (turn := UNDOING[orientation]) is not None:
        picture = picture.transpose(turn)
    exif = Image.Exif()
    exif[0x0112] = orientation
    data = saved(picture, kind, exif=exif)

    upright = shown(data)

    assert upright.size == (400, 300)
    assert quarters(upright) == UPRIGHT


def test_the_test_of_turns_sees_a_picture_that_lies_on_its_side():
    lying = corners().transpose(Image.Transpose.ROTATE_90)

    assert quarters(shown(saved(lying, "JPEG"))) != UPRIGHT


@pytest.mark.parametrize("number", [0, 9, 200])
def test_an_orientation_nobody_knows_leaves_the_picture_as_it_is(number):
    exif = Image.Exif()
    exif[0x0112] = number

    assert quarters(shown(saved(corners(), "JPEG", exif=exif))) == UPRIGHT


def test_a_progressive_photo_is_read():
    assert quarters(shown(saved(corners(), "JPEG", progressive=True))) == UPRIGHT


def test_a_photo_for_the_printing_press_keeps_its_colours():
    assert quarters(shown(saved(corners().convert("CMYK"), "JPEG"))) == UPRIGHT


def test_transparent_ground_becomes_white():
    picture = corners().convert("RGBA")
    picture.putalpha(
        Image.linear_gradient("L").resize(picture.size).point(lambda v: 255 * (v < 128))
    )

    seen = shown(saved(picture, "PNG"))

    assert quarters(seen) == ["red", "green", "white", "white"]


def sixteen_bit_png(value, *, colour):
    """A PNG of 16 bits a channel, which Pillow itself does not write in colour."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    samples = value if colour else [value]
    row = b"\0" + struct.pack(f">{len(samples)}H", *samples) * 40
    header = struct.pack(">IIBBBBB", 40, 30, 16, 2 if colour else 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(row * 30))
        + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize("grey", [0, 60, 128, 200, 255])
def test_sixteen_bits_of_grey_keep_their_brightness(grey):
    seen = shown(sixteen_bit_png(grey * 257, colour=False))

    assert near(seen.getpixel((20, 15)), (grey, grey, grey), most=3)


def test_sixteen_bits_of_colour_keep_their_colour():
    seen = shown(sixteen_bit_png([230 * 257, 20 * 257, 20 * 257], colour=True))

    assert near(seen.getpixel((20, 15)), RED)


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_moment_stays(kind):
    later = [Image.new("RGB", (400, 300), colour) for colour in (RED, GREEN)]
    data = saved(corners(), kind, save_all=True, append_images=later, duration=100)
    assert Image.open(io.BytesIO(data)).n_frames == 3

    assert quarters(shown(data)) == UPRIGHT


def test_a_photo_of_two_in_one_file_is_read_as_its_first():
    """Some phones write the depth or a preview behind the photo (MPO) and call it .jpg."""
    data = saved(corners(), "MPO", save_all=True, append_images=[Image.new("RGB", (400, 300), RED)])
    assert isinstance(Image.open(io.BytesIO(data)), MpoImageFile)

    assert quarters(shown(data)) == UPRIGHT


def profile(red, green, blue, gamma=2.2):
    """An ICC profile (version 2) of a screen with these primaries, as the standard lays it out."""

    def fixed(*numbers):
        return b"".join(struct.pack(">i", round(number * 65536)) for number in numbers)

    def xyz(*numbers):
        return b"XYZ \0\0\0\0" + fixed(*numbers)

    name = b"desc\0\0\0\0" + struct.pack(">I", 5) + b"Thu1\0" + b"\0" * 78
    curve = b"curv\0\0\0\0" + struct.pack(">IH", 1, round(gamma * 256)) + b"\0\0"
    tags = {
        b"desc": name + b"\0" * (-len(name) % 4),
        b"wtpt": xyz(0.9642, 1.0, 0.8249),
        b"rXYZ": xyz(*red),
        b"gXYZ": xyz(*green),
        b"bXYZ": xyz(*blue),
        b"rTRC": curve,
        b"gTRC": curve,
        b"bTRC": curve,
        b"cprt": b"text\0\0\0\0thu\0",
    }
    at, table, body = 128 + 4 + 12 * len(tags), struct.pack(">I", len(tags)), b""
    for kind, data in tags.items():
        table += struct.pack(">4sII", kind, at + len(body), len(data))
        body += data
    head = struct.pack(
        ">I4sI4s4s4s12s4s", 128 + len(table) + len(body), b"lcms", 0x02100000, b"mntr", b"RGB ",
        b"XYZ ", b"\0" * 12, b"acsp",
    )  # fmt: skip
    head += b"\0" * (68 - len(head)) + fixed(0.9642, 1.0, 0.8249)
    return head + b"\0" * (128 - len(head)) + table + body


# The primaries of Display P3, adapted to D50 as profiles have them.
P3 = profile((0.5151, 0.2412, -0.0011), (0.2920, 0.6922, 0.0419), (0.1571, 0.0666, 0.7841))
# sRGB's pure red, green and a skin tone, as a phone with Display P3 writes them.
IN_P3 = {(255, 0, 0): (234, 51, 35), (0, 255, 0): (117, 251, 76), (224, 172, 105): (216, 174, 115)}


@pytest.mark.parametrize(("meant", "written"), IN_P3.items())
def test_colours_of_a_phone_with_a_wide_screen_survive_the_loss_of_its_profile(meant, written):
    data = saved(Image.new("RGB", (64, 64), written), "JPEG", quality=95, icc_profile=P3)

    seen = shown(data)

    assert near(seen.getpixel((30, 30)), meant)
    assert "icc_profile" not in seen.info


def test_without_a_profile_the_same_numbers_stay_what_they_are():
    data = saved(Image.new("RGB", (64, 64), (234, 51, 35)), "JPEG", quality=95)

    assert near(shown(data).getpixel((30, 30)), (234, 51, 35), most=4)


def test_srgb_is_left_alone_and_a_broken_profile_is_no_reason_to_refuse():
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()

    for icc in (srgb, b"no profile at all", P3[:200]):
        data = saved(corners(), "JPEG", icc_profile=icc)
        assert quarters(shown(data)) == UPRIGHT


def test_no_file_we_write_knows_where_or_by_whom_a_photo_was_taken():
    exif = Image.Exif()
    exif[0x0112], exif[0x010F] = 6, "Hang may anh"
    exif.get_ifd(0x8825)[2] = (10.0, 20.0, 30.0)
    xmp = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF>noi chup bi mat</rdf:RDF></x:xmpmeta>'
    data = saved(corners(), "JPEG", exif=exif, xmp=xmp, icc_profile=P3, comment=b"ghi chu")
    assert b"noi chup bi mat" in data  # the control: it went in

    for content in check_picture(data).files.values():
        seen = Image.open(io.BytesIO(content))
        assert not seen.getexif()
        assert {"exif", "xmp", "icc_profile", "comment"}.isdisjoint(seen.info)
        assert b"bi mat" not in content


# --- how many at once ---------------------------------------------------------------------------


@pytest.fixture
def own_turns(monkeypatch, tmp_path):
    monkeypatch.setattr(limited.tempfile, "gettempdir", lambda: str(tmp_path))
    return tmp_path


@pytest.fixture
def occupied(own_turns):
    """Other processes that hold every turn."""
    folder = limited._folder_of_turns()
    script = (
        "import fcntl, os, sys, time\n"
        "for number in range(int(sys.argv[2])):\n"
        "    file = os.open(f'{sys.argv[1]}/{number}', os.O_RDWR | os.O_CREAT, 0o600)\n"
        "    fcntl.flock(file, fcntl.LOCK_EX)\n"
        "print('ready', flush=True)\n"
        "time.sleep(60)\n"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", script, str(folder), str(limited.AT_ONCE)], stdout=subprocess.PIPE
    )
    other.stdout.readline()
    yield other
    other.kill()
    other.wait()
    other.stdout.close()


def test_who_finds_every_turn_taken_is_told_so_after_a_while(occupied, monkeypatch):
    monkeypatch.setattr(limited, "MOST_WAITING", 0.2)

    with pytest.raises(Busy, match="gửi lại"):
        run_limited("tests.deeds:count", b"abc")


def test_a_turn_comes_back_even_from_a_process_that_was_killed(occupied, monkeypatch):
    monkeypatch.setattr(limited, "MOST_WAITING", 10)
    occupied.kill()
    occupied.wait()

    # Busy, if it did not.
    assert run_limited("tests.deeds:count", b"abc")[0] == {"bytes": 3}


def test_a_folder_of_somebody_else_is_not_believed(own_turns, monkeypatch):
    (own_turns / "elsewhere").mkdir()
    (own_turns / f"dan-van-{limited.os.getuid()}").symlink_to(own_turns / "elsewhere")

    with pytest.raises(Busy):
        run_limited("tests.deeds:count", b"abc")
