"""Objects for tests. No surprises: a report is a draft, unsigned, without dates, until asked."""

from datetime import timedelta
from functools import cache
from itertools import count

import factory
from django.contrib.auth import get_user_model
from django.utils import timezone
from factory.django import DjangoModelFactory

from reports.models import (
    Contribution,
    Correction,
    Event,
    EventKind,
    Figure,
    Membership,
    Newsroom,
    Organisation,
    Person,
    Photo,
    Report,
    ReportStatus,
    Section,
    Topic,
)
from reports.photos import CheckedPicture
from units.models import Era, Unit, UnitKind, UnitLevel

_calls = count()


def next_commune():
    """Another real commune of today at every call, each from another province than the last; every
    test gets the same ones.

    Real ones, because making a unit rebuilds the registry in memory, and tests have hundreds.
    """
    keys = _real_communes()
    return Unit.objects.select_related("parent").get(pk=keys[next(_calls) % len(keys)])


@cache
def _real_communes():
    """Their keys, a province each in turn. The codes of those that tests make up begin with 8 and 9."""
    of_province = {}
    real = Unit.objects.current().exclude(parent=None).filter(code__lt="8")
    for key, parent in sorted(real.values_list("key", "parent")):
        of_province.setdefault(parent, []).append(key)
    return [key for row in zip(*of_province.values(), strict=False) for key in row]


def start_over():
    """Communes and numbers begin anew: no test meets what depends on the tests before it."""
    global _calls
    _calls = count()
    for each in _with_numbers(DjangoModelFactory):
        each.reset_sequence(force=True)


def _with_numbers(kind):
    for each in kind.__subclasses__():
        yield each
        yield from _with_numbers(each)


class ProvinceFactory(DjangoModelFactory):
    class Meta:
        model = Unit

    key = factory.Sequence(lambda n: f"t2-8{n:04d}")
    code = factory.Sequence(lambda n: f"8{n:04d}")
    name = factory.Sequence(lambda n: f"Tỉnh Thử Nghiệm {n}")
    level = UnitLevel.PROVINCE
    kind = UnitKind.PROVINCE
    era = Era.TWO_TIER


class UnitFactory(DjangoModelFactory):
    """A commune that the law does not know; where any will do, take `next_commune()`."""

    class Meta:
        model = Unit

    key = factory.Sequence(lambda n: f"t2-9{n:04d}")
    code = factory.Sequence(lambda n: f"9{n:04d}")
    name = factory.Sequence(lambda n: f"Xã Thử Nghiệm {n}")
    level = UnitLevel.COMMUNE
    kind = UnitKind.COMMUNE
    era = Era.TWO_TIER
    parent = factory.SubFactory(ProvinceFactory)


class UserFactory(DjangoModelFactory):
    class Meta:
        model = get_user_model()

    username = factory.Sequence(lambda n: f"tai-khoan-{n}")
    is_staff = True


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    unit = factory.LazyFunction(next_commune)


class NewsroomFactory(DjangoModelFactory):
    class Meta:
        model = Newsroom

    unit = factory.LazyFunction(next_commune)
    one_step = True


class OrganisationFactory(DjangoModelFactory):
    class Meta:
        model = Organisation

    name = factory.Sequence(lambda n: f"Hội Thử {n}")


class PersonFactory(DjangoModelFactory):
    class Meta:
        model = Person

    name = factory.Sequence(lambda n: f"Người Viết {n}")


class SectionFactory(DjangoModelFactory):
    class Meta:
        model = Section

    name = factory.Sequence(lambda n: f"Chuyên mục {n}")


class TopicFactory(DjangoModelFactory):
    class Meta:
        model = Topic

    name = factory.Sequence(lambda n: f"Chủ đề {n}")


class EventFactory(DjangoModelFactory):
    class Meta:
        model = Event

    name = factory.Sequence(lambda n: f"Hội nghị số {n}")
    kind = EventKind.INTERIM_REVIEW
    unit = factory.LazyFunction(next_commune)


class ReportFactory(DjangoModelFactory):
    class Meta:
        model = Report

    class Params:
        published = factory.Trait(
            status=ReportStatus.PUBLISHED,
            published_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
        )
        scheduled = factory.Trait(
            status=ReportStatus.PUBLISHED,
            published_at=factory.LazyFunction(lambda: timezone.now() + timedelta(days=1)),
        )
        withdrawn = factory.Trait(
            status=ReportStatus.WITHDRAWN,
            published_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=2)),
            withdrawn_at=factory.LazyFunction(lambda: timezone.now() - timedelta(days=1)),
            withdrawn_reason="Trùng bài",
        )

    title = factory.Sequence(lambda n: f"Bài thử số {n}")
    lead = "Một câu mở đầu."
    body = "<p>Một đoạn nội dung.</p>"
    unit = factory.LazyFunction(next_commune)


class ContributionFactory(DjangoModelFactory):
    class Meta:
        model = Contribution

    report = factory.SubFactory(ReportFactory)
    person = factory.SubFactory(PersonFactory)


class Unpainted(CheckedPicture):
    """Stands for a picture without painting it: it has a size and no files."""

    def __init__(self):
        super().__init__(1600, 1067, {})


class PhotoFactory(DjangoModelFactory):
    """A photo's row; tests that need its files store a `CheckedPicture`."""

    class Meta:
        model = Photo

    report = factory.SubFactory(ReportFactory)
    width = 1600
    height = 1067
    caption = "Toàn cảnh hội nghị"


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = Figure

    report = factory.SubFactory(ReportFactory)
    indicator = "mô hình"
    value = 46


class CorrectionFactory(DjangoModelFactory):
    class Meta:
        model = Correction

    report = factory.SubFactory(ReportFactory)
    text = "Con số đúng là 46."
    decided_at = factory.LazyFunction(timezone.now)
