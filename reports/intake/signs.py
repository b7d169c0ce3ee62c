"""Signs of our own in the text of a tree: where a picture stood, and what is known to be a caption.

They are private letters of Unicode, taken out of everything that comes in.
"""

import re

PICTURE_OPEN, PICTURE_CLOSE, CAPTION_SIGN = "\ue000", "\ue001", "\ue002"
OWN_SIGNS = re.compile("[\ue000-\ue002]")
# A picture's sign: its number among the pictures of the file, or none for one that stays outside.
PICTURES = re.compile(f"{PICTURE_OPEN}\\d*{PICTURE_CLOSE}")


def picture_sign(number=""):
    """Text that stands where an <img> stood: for picture `number`, or for one that stays outside."""
    return f"{PICTURE_OPEN}{number}{PICTURE_CLOSE}"
