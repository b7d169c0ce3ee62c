"""The sweeper takes what nobody uses and is old – and nothing else, whatever happens meanwhile."""

import os
from datetime import timedelta
from io import StringIO

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from reports import sweeping
from reports.models import BodyPicture, Photo, TypedText
from reports.photos import check_picture
from reports.sweeping import sweep
from tests.factories import PhotoFactory, ReportFactory, UserFactory
from tests.reports.test_pictures import jpeg

pytestmark = pytest.mark.django_db

LONG_AGO = timedelta(hours=60)
# The places of the answers.
FOLDERS, UPLOADS = 0, 1


@pytest.fixture(scope="module")
def checked():
    return check_picture(jpeg(64, 48))


@pytest.fixture(autouse=True)
def commits(django_capture_on_commit_callbacks):
    """Files go when the row is gone for good: every sweep of these tests commits."""

    def swept(**options):
        with django_capture_on_commit_callbacks(execute=True):
            return sweep(**options)

    return swept


def grow_old(folder):
    moment = (timezone.now() - LONG_AGO).timestamp()
    for name in default_storage.listdir(folder)[1]:
        os.utime(default_storage.path(f"{folder}/{name}"), (moment, moment))


def upload(checked, *, old=True, **fields):
    picture = BodyPicture(**fields)
    checked.store(picture)
    picture.save()
    if old:
        BodyPicture.objects.filter(pk=picture.pk).update(uploaded_at=timezone.now() - LONG_AGO)
        grow_old(picture.folder)
    return picture


def folder_without_row(token, *, old=True):
    folder = f"anh/{token[:2]}/{token}"
    default_storage.save(f"{folder}/goc.jpg", ContentFile(b"x" * 100))
    if old:
        grow_old(folder)
    return folder


def card_of(report_key, *, old=True):
    folder = f"chia-se/{report_key}"
    default_storage.save(f"{folder}/0123456789ab.jpg", ContentFile(b"x" * 50))
    if old:
        grow_old(folder)
    return folder


def there(folder):
    return default_storage.exists(folder)


def counted(finds):
    return [(one.found, one.old, one.removed) for one in finds]


def test_old_orphans_of_every_kind_go_with_their_files(checked, commits):
    picture = upload(checked)
    folder = folder_without_row("a" * 32)
    cards = [card_of(ReportFactory(status="draft").pk), card_of(ReportFactory(withdrawn=True).pk),
             card_of(999_999)]  # fmt: skip

    finds = commits(delete=True)

    assert counted(finds) == [(1, 1, 1), (1, 1, 1), (3, 3, 3)]
    assert [one.freed > 0 for one in finds] == [True, True, True]
    assert not any(there(gone) for gone in (picture.folder, folder, *cards))
    assert not BodyPicture.objects.exists()


def test_listing_removes_nothing(checked, commits):
    picture, folder = upload(checked), folder_without_row("b" * 32)

    assert counted(commits()) == [(1, 1, 0), (1, 1, 0), (0, 0, 0)]
    assert there(picture.folder)
    assert there(folder)
    assert BodyPicture.objects.exists()


def test_what_is_young_may_be_in_a_form_right_now(checked, commits):
    picture = upload(checked, old=False)
    folder = folder_without_row("c" * 32, old=False)
    card = card_of(999_999, old=False)

    assert counted(commits(delete=True)) == [(1, 0, 0), (1, 0, 0), (1, 0, 0)]
    assert all(there(kept) for kept in (picture.folder, folder, card))
    # The control: the same things, when their time has come.
    assert counted(commits(delete=True, older_than=timedelta(0))) == [
        (1, 1, 1),
        (1, 1, 1),
        (1, 1, 1),
    ]


def test_what_a_row_shows_is_never_looked_at(checked, commits):
    photo = PhotoFactory.build(report=ReportFactory())
    checked.store(photo)
    photo.save()
    grow_old(photo.folder)
    shown = upload(checked)
    ReportFactory(body=f'<p><img src="{shown.url("64.jpg")}" alt="Cầu"></p>')
    card = card_of(ReportFactory(published=True).pk)
    site_card = card_of("cong")

    assert counted(commits(delete=True)) == [(0, 0, 0)] * 3
    assert all(there(kept) for kept in (photo.folder, shown.folder, card, site_card))


@pytest.mark.parametrize("taken_out", [47, 49])
def test_a_photo_taken_out_keeps_its_files_for_two_days(checked, commits, taken_out):
    photo = PhotoFactory.build(report=ReportFactory())
    checked.store(photo)
    photo.save()
    grow_old(photo.folder)
    photo.delete()
    Photo.history.filter(history_type="-").update(
        history_date=timezone.now() - timedelta(hours=taken_out)
    )

    commits(delete=True)

    assert there(photo.folder) == (taken_out == 47)


def test_the_photos_of_a_withdrawn_report_stay(checked, commits):
    photo = PhotoFactory.build(report=ReportFactory(withdrawn=True))
    checked.store(photo)
    photo.save()
    grow_old(photo.folder)

    commits(delete=True)

    assert there(photo.folder)


def test_what_was_typed_or_may_be_brought_back_counts_as_used(checked, commits):
    typed, older = upload(checked), upload(checked)
    TypedText.objects.create(
        user=UserFactory(), form_key="f" * 32, saved_at=timezone.now(),
        payload=f'[["photos-0-kept", "{typed.token}"]]',
    )  # fmt: skip
    report = ReportFactory(body=f'<p><img src="{older.url("64.jpg")}" alt="Cầu"></p>')
    report.body = "<p>Không còn ảnh.</p>"
    report.save()

    assert counted(commits(delete=True))[UPLOADS] == (0, 0, 0)
    assert BodyPicture.objects.count() == 2
    # The control: once nobody has it in mind, it goes.
    TypedText.objects.all().delete()
    assert counted(commits(delete=True))[UPLOADS] == (1, 1, 1)


@pytest.mark.parametrize("use", ["in a text", "as a photo", "typed"])
def test_a_picture_that_becomes_used_between_listing_and_removing_stays(
    checked, commits, monkeypatch, use
):
    picture = upload(checked)
    remove = sweeping._remove_picture

    def somebody_is_faster(found):
        if use == "in a text":
            ReportFactory(body=f'<p><img src="{picture.url("64.jpg")}" alt="Cầu"></p>')
        elif use == "as a photo":
            from reports.photos import become_photo

            become_photo(picture, Photo(report=ReportFactory()))
        else:
            TypedText.objects.create(
                user=UserFactory(), form_key="f" * 32, saved_at=timezone.now(),
                payload=picture.token,
            )  # fmt: skip
        return remove(found)

    monkeypatch.setattr(sweeping, "_remove_picture", somebody_is_faster)

    assert counted(commits(delete=True))[UPLOADS] == (1, 1, 0)
    assert there(picture.folder)


def test_a_folder_whose_row_comes_late_stays(checked, commits, monkeypatch):
    folder = folder_without_row("d" * 32)
    answers = iter([False, True])
    monkeypatch.setattr(sweeping, "is_stored", lambda token: next(answers))

    assert counted(commits(delete=True))[FOLDERS] == (1, 1, 0)
    assert there(folder)


def test_files_of_a_picture_that_another_row_shows_stay(checked, commits):
    picture = upload(checked)
    PhotoFactory(report=ReportFactory(), token=picture.token)

    commits(delete=True)

    assert there(picture.folder)


def test_an_empty_folder_left_behind_goes(commits):
    folder = folder_without_row("e" * 32)
    default_storage.delete(f"{folder}/goc.jpg")

    assert counted(commits(delete=True))[FOLDERS] == (1, 1, 1)
    assert not there(folder)


def test_what_is_no_upload_of_ours_is_left_alone(commits):
    for name in ("anh/aa/khong-phai/goc.jpg", "anh/ab/" + "a" * 32 + "/goc.jpg", "khac/x.jpg"):
        default_storage.save(name, ContentFile(b"x"))

    assert counted(commits(delete=True, older_than=timedelta(0)))[FOLDERS] == (0, 0, 0)
    assert there("khac/x.jpg")


def test_the_command_says_how_much_it_found_and_removed(checked):
    upload(checked)
    folder_without_row("a" * 32)
    said = StringIO()

    call_command("sweep_media", stdout=said)
    call_command("sweep_media", "--delete", "--hours", "48", "-v", "2", stdout=said)

    lines = said.getvalue().splitlines()
    assert [line.partition(":")[0] for line in lines if not line.startswith(" ")] == [
        "Thư mục ảnh không thuộc về đâu",
        "Ảnh tải lên mà không bài nào dùng",
        "Thẻ chia sẻ của bài không công khai",
    ] * 2
    assert lines[0] == "Thư mục ảnh không thuộc về đâu: 1 (100 byte), cũ: 1"
    assert lines[3].endswith("cũ: 1, đã xóa: 1 (100 byte)")


def test_an_empty_folder_of_uploads_is_no_trouble(commits):
    assert counted(commits(delete=True)) == [(0, 0, 0)] * 3
