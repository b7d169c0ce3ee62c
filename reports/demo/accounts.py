"""The four logins of the demo. They exist only where DEMO is on; the production check refuses them."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib.auth import get_user_model

from reports.models import MemberRole, Membership, Newsroom
from units.models import Unit

# One person is the whole newsroom here: an editor publishes at once.
ONE_STEP_UNIT = "t2-30691"
# Here somebody else approves.
NORMAL_UNIT = "t2-30682"
PROVINCE = "t2-91"


@dataclass(frozen=True)
class DemoAccount:
    """A login of the demo, what it is called on screen and what it may do where."""

    username: str
    password: str
    name: str
    says: str
    grants: tuple = ()
    is_superuser: bool = False


ACCOUNTS = (
    DemoAccount(
        "quantri", "mo-cua-don-xuan", "Trần Thu Quản (mẫu)", "quản trị toàn trang", is_superuser=True
    ),
    DemoAccount(
        "bientap", "viet-mot-bai-hay", "Trần Hữu Lộc (mẫu)",
        "biên tập: viết, gửi duyệt ở xã Thoại Sơn; đăng một bước ở xã Tây Phú",
        grants=((ONE_STEP_UNIT, MemberRole.EDITOR), (NORMAL_UNIT, MemberRole.EDITOR)),
    ),
    DemoAccount(
        "nguoiduyet", "doc-ky-roi-duyet", "Phạm Ngọc Duyệt (mẫu)",
        "người duyệt: duyệt, hẹn giờ, trả lại, gỡ ở xã Thoại Sơn",
        grants=((NORMAL_UNIT, MemberRole.APPROVER),),
    ),
    DemoAccount(
        "tonghop", "dem-du-tung-bai", "Võ Thị Hợp (mẫu)", "tổng hợp: cả tỉnh An Giang",
        grants=((PROVINCE, MemberRole.DESK),),
    ),
)  # fmt: skip
USERNAMES = tuple(account.username for account in ACCOUNTS)


def create_accounts():
    """{username: user} of the demo, with their grants; those that exist are left as they are.

    Raises RuntimeError where DEMO is off.
    """
    if not settings.DEMO:
        raise RuntimeError("Tài khoản dùng thử chỉ có khi DEMO=1.")
    users = {account.username: _user(account) for account in ACCOUNTS}
    Newsroom.objects.get_or_create(
        unit=Unit.objects.get(pk=ONE_STEP_UNIT), defaults={"one_step": True}
    )
    return users


def _user(account):
    user, created = get_user_model().objects.get_or_create(
        username=account.username,
        defaults={
            # The whole name, in our order: the back office asks for it in one field.
            "first_name": account.name,
            "is_staff": True,
            "is_superuser": account.is_superuser,
        },
    )
    if created:
        user.set_password(account.password)
        user.save()
        for unit, role in account.grants:
            Membership.objects.get_or_create(user=user, unit_id=unit, role=role)
    return user


def login_table():
    """[(username, password or a note, what it may do)] as `make run` prints them."""
    users = get_user_model().objects.in_bulk(USERNAMES, field_name="username")
    rows = []
    for account in ACCOUNTS:
        user = users.get(account.username)
        if user and user.is_active:
            unchanged = user.check_password(account.password)
            rows.append(
                (account.username, account.password if unchanged else "(đã đổi)", account.says)
            )
    return rows
