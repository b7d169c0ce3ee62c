"""Accounts and what they may do where; newsrooms; unlocking after wrong passwords.

A unit's administrator looks after people of that unit: makes accounts, sets passwords, grants roles
up to approver, unlocks. Never over accounts that may do more than that, or anything elsewhere:
setting such an account's password would be taking its rights.
"""

from axes.models import AccessAttempt
from django import forms
from django.conf import settings
from django.contrib import admin
from django.contrib.admin import helpers
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminPasswordChangeForm, UserCreationForm
from django.contrib.auth.models import Group
from django.db.models import Exists, OuterRef, Q

from portal.office import OfficeAdmin
from portal.text import one_line
from reports.models import MemberRole, Membership, Newsroom
from reports.rights import grants
from units.models import Unit

User = get_user_model()
GRANTABLE = (MemberRole.CONTRIBUTOR, MemberRole.EDITOR, MemberRole.APPROVER)


def administered_units(user):
    """Keys of the units whose people `user` looks after; None means all."""
    if not user.is_active:
        return set()
    return None if user.is_superuser else grants(user).get(MemberRole.UNIT_ADMIN, set())


def managed_users(user):
    """Accounts `user` may change: in own units only, and none that may do more than approve."""
    keys = administered_units(user)
    if keys is None:
        return User.objects.all()
    if not keys:
        return User.objects.none()
    own = Membership.objects.filter(user=OuterRef("pk"))
    beyond = own.exclude(Q(unit__in=keys) & Q(role__in=GRANTABLE))
    return User.objects.filter(
        Exists(own.filter(unit__in=keys)), ~Exists(beyond), is_superuser=False
    ).exclude(pk=user.pk)


class MembershipForm(forms.ModelForm):
    """`granter` is set by the admin. What may be granted is checked whatever the lists offered."""

    granter = None

    class Meta:
        model = Membership
        fields = ["user", "unit", "role"]
        help_texts = {"unit": "Vai trò có hiệu lực ở đơn vị này và các đơn vị bên dưới."}
        error_messages = {"unit": {"invalid_choice": "Đơn vị này không thuộc phạm vi của bạn."}}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "role" in self.fields and administered_units(self.granter) is not None:
            self.fields["role"].choices = [("", "–"), *((r.value, r.label) for r in GRANTABLE)]

    def clean(self):
        cleaned = super().clean()
        keys = administered_units(self.granter)
        if keys is None:
            return cleaned
        receiver = cleaned.get("user") or (self.instance.user_id and self.instance.user)
        if receiver == self.granter:
            raise forms.ValidationError("Không ai tự giao vai trò cho mình.")
        if cleaned.get("role") and cleaned["role"] not in GRANTABLE:
            self.add_error("role", "Bạn giao được vai trò cao nhất là người duyệt.")
        return cleaned


class OfAdministrators:
    """For who administers units; which rows they find is for the queryset to say."""

    def has_view_permission(self, request, obj=None):
        user = request.user
        return user.is_active and user.is_staff and administered_units(user) != set()

    has_add_permission = has_change_permission = has_delete_permission = has_view_permission


class GrantsByUnit(OfAdministrators):
    """Shared by the list of memberships and their rows on an account's page."""

    def get_queryset(self, request):
        keys = administered_units(request.user)
        memberships = super().get_queryset(request).select_related("user", "unit")
        if keys is None:
            return memberships
        return memberships.filter(unit__in=keys, role__in=GRANTABLE).exclude(user=request.user)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        keys = administered_units(request.user)
        if keys is not None and db_field.name == "unit":
            kwargs["queryset"] = Unit.objects.filter(pk__in=keys).in_name_order()
        if keys is not None and db_field.name == "user":
            kwargs["queryset"] = managed_users(request.user)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


class MembershipInline(GrantsByUnit, admin.StackedInline):
    model = Membership
    form = MembershipForm
    extra = 0
    autocomplete_fields = ["unit"]
    fieldsets = [(None, {"fields": [("role", "unit")]})]
    verbose_name_plural = "vai trò ở các đơn vị"

    def get_formset(self, request, obj=None, **kwargs):
        formset = super().get_formset(request, obj, validate_min=True, **kwargs)
        formset.form.granter = request.user
        return formset

    def get_min_num(self, request, obj=None, **kwargs):
        """A unit's administrator makes accounts for the unit, not for nowhere."""
        return 0 if obj or request.user.is_superuser else 1


@admin.register(Membership)
class MembershipAdmin(GrantsByUnit, OfficeAdmin):
    form = MembershipForm
    list_display = ["user", "role", "unit"]
    list_filter = ["role"]
    search_fields = ["user__username", "user__first_name"]
    ordering = ["user__username", "pk"]
    autocomplete_fields = ["user", "unit"]

    def get_form(self, request, obj=None, **kwargs):
        form = super().get_form(request, obj, **kwargs)
        form.granter = request.user
        return form

    def choices_for(self, request, field):
        keys = administered_units(request.user)
        if keys is None:
            return None
        return {
            "unit": Unit.objects.filter(pk__in=keys).in_name_order(),
            "user": managed_users(request.user).order_by("username"),
        }.get(field.name)


@admin.register(Newsroom)
class NewsroomAdmin(OfficeAdmin):
    list_display = ["unit", "one_step"]
    list_select_related = ["unit"]
    autocomplete_fields = ["unit"]
    search_fields = ["unit__name"]
    ordering = ["unit__sort_key"]

    def has_view_permission(self, request, obj=None):
        return request.user.is_active and request.user.is_superuser


class AccountCreationForm(UserCreationForm):
    full_name = forms.CharField(
        label="Họ và tên", max_length=150, help_text="Ví dụ: Nguyễn Minh Tâm"
    )

    class Meta:
        model = User
        fields = ["username"]

    def save(self, commit=True):
        self.instance.first_name = one_line(self.cleaned_data["full_name"])
        self.instance.is_staff = True
        return super().save(commit)


class AccountForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "is_active", "is_staff", "is_superuser"]
        labels = {"first_name": "Họ và tên"}

    def clean_first_name(self):
        return one_line(self.cleaned_data["first_name"])


class NewPasswordForm(AdminPasswordChangeForm):
    """Set by somebody who looks after the account; nobody can read the old one."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for field in self.fields.values():
            field.required = True


admin.site.unregister([User, Group])


@admin.register(User)
class AccountAdmin(OfficeAdmin, UserAdmin):
    add_form, form = AccountCreationForm, AccountForm
    change_password_form = NewPasswordForm
    list_display = ["username", "full_name", "roles", "is_active", "last_login"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["username", "first_name", "last_name"]
    search_help_text = "Tên đăng nhập hoặc họ tên, gõ đủ dấu."
    ordering = ["username"]
    filter_horizontal = ()
    inlines = [MembershipInline]
    add_fieldsets = [
        ("Tài khoản mới", {"fields": ["username", "full_name", "password1", "password2"]})
    ]

    @admin.display(description="họ và tên", ordering="first_name")
    def full_name(self, user):
        return user.get_full_name() or "–"

    @admin.display(description="vai trò")
    def roles(self, user):
        roles = sorted({m.get_role_display() for m in user.memberships.all()})
        return ", ".join([*(["quản trị hệ thống"] if user.is_superuser else []), *roles]) or "–"

    def get_queryset(self, request):
        # The ones this person looks after; `managed_users` is also what a forged id meets.
        return managed_users(request.user).prefetch_related("memberships")

    def get_fieldsets(self, request, obj=None):
        if obj is None:
            return self.add_fieldsets
        state = ["is_active", "is_staff"]
        if request.user.is_superuser:
            state.append("is_superuser")
        return [
            ("Người dùng", {"fields": ["username", "first_name"]}),
            ("Được làm gì", {"fields": state}),
        ]

    def get_readonly_fields(self, request, obj=None):
        return []

    def get_inlines(self, request, obj):
        return self.inlines

    def choice_label(self, user):
        name = user.get_full_name()
        return f"{name} ({user.username})" if name else user.username

    def has_view_permission(self, request, obj=None):
        if not (request.user.is_staff and administered_units(request.user) != set()):
            return False
        return obj is None or managed_users(request.user).filter(pk=obj.pk).exists()

    def has_add_permission(self, request):
        return self.has_view_permission(request)

    def has_change_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)


@admin.register(AccessAttempt)
class UnlockAdmin(OfficeAdmin):
    """Names that were typed with a wrong password too often; unlocking forgets the attempts."""

    list_display = ["username", "ip_address", "failures_since_start", "attempt_time", "is_locked"]
    search_fields = ["username", "ip_address"]
    ordering = ["-attempt_time"]
    list_display_links = None
    actions = ["unlock"]

    def get_urls(self):
        """Only the list: a single attempt has nothing more to tell, and its name is English."""
        return [url for url in super().get_urls() if str(url.name).endswith("_changelist")]

    @admin.display(description="")
    def action_checkbox(self, attempt):
        return forms.CheckboxInput(
            {"class": "action-select", "aria-label": f"Chọn {attempt.username}"},
            lambda value: False,
        ).render(helpers.ACTION_CHECKBOX_NAME, str(attempt.pk))

    def get_queryset(self, request):
        attempts = super().get_queryset(request)
        if request.user.is_superuser:
            return attempts
        names = managed_users(request.user).values("username")
        return attempts.filter(username__in=names)

    @admin.display(description="đang khóa", boolean=True)
    def is_locked(self, attempt):
        return attempt.failures_since_start >= settings.AXES_FAILURE_LIMIT

    @admin.action(description="Mở khóa", permissions=["delete"])
    def unlock(self, request, queryset):
        count, _ = queryset.delete()
        self.message_user(request, f"Đã mở khóa {count} dòng. Người ấy đăng nhập lại được ngay.")

    def has_view_permission(self, request, obj=None):
        user = request.user
        return user.is_active and user.is_staff and administered_units(user) != set()

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return self.has_view_permission(request, obj)
