"""The form of the sign-in page."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth import get_user_model


class SignInForm(AdminAuthenticationForm):
    def clean(self):
        """A name no account can have is wrong at once; the list of failures could not store it."""
        name = self.cleaned_data.get("username") or ""
        if len(name) > get_user_model()._meta.get_field("username").max_length:
            raise self.get_invalid_login_error()
        return super().clean()
