"""What a form carries unseen: the version its person has seen, and a key by which it counts once."""

import secrets


def seen_version(data):
    """The version a form says its person has seen; 0, which nothing has, for none."""
    text = data.get("version", "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 9 else 0


def new_key():
    """For the hidden `once_key` of a form that makes something."""
    return secrets.token_hex(16)


def once_key(data):
    """The key of a form that makes something, empty for what none of our forms has made."""
    text = data.get("once_key", "")
    return text if len(text) == 32 and text.isascii() and text.isalnum() else ""
