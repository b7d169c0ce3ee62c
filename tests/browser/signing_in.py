"""Into the staff's side, with and without the form."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.test import Client


def sign_in(tab, live_server, who):
    """From here on the window belongs to `who`, an account or its name, signed in as if by the form."""
    if isinstance(who, str):
        who = get_user_model().objects.get(username=who)
    client = Client()
    client.force_login(who)
    name = settings.SESSION_COOKIE_NAME
    cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
    tab.context.add_cookies([cookie])


def fill_in_the_login(tab, name, password):
    """Sign in on the login page that is open; the page that follows is there afterwards."""
    tab.fill("#id_username", name)
    tab.fill("#id_password", password)
    with tab.expect_navigation():
        tab.click("#login-form button")
