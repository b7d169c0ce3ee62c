"""Our words for what Django and its libraries say: read `.po` files, write `.mo` files.

Pure Python, because a newcomer's machine has no gettext. Only what our own files use is understood:
contexts, plurals with the one form Vietnamese has, strings over several lines.
"""

import ast
import re
import struct

_ENTRY = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[0\])?)\s+(".*")')
_CONTEXT, _PLURAL = "\x04", "\x00"


class BadWords(ValueError):
    """A `.po` file that cannot be read; the message names the line."""


def read_po(text):
    """{(context, msgid, plural): translation} of a `.po` file; ("", "", "") is its header.

    Raises BadWords on a line it does not know and on a message said twice.
    """
    messages, entry, part = {}, {}, None
    for number, line in enumerate([*text.splitlines(), ""], 1):
        line = line.strip()
        if line.startswith("#"):
            continue
        if not line:
            _close(messages, entry, number)
            entry, part = {}, None
        elif match := _ENTRY.fullmatch(line):
            part = match[1].replace("[0]", "")
            entry[part] = ast.literal_eval(match[2])
        elif line.startswith('"') and part:
            entry[part] += ast.literal_eval(line)
        else:
            raise BadWords(f"line {number}: {line}")
    return messages


def _close(messages, entry, number):
    if not entry:
        return
    if "msgid" not in entry or "msgstr" not in entry:
        raise BadWords(f"line {number}: an entry without msgid or msgstr")
    key = (entry.get("msgctxt", ""), entry["msgid"], entry.get("msgid_plural", ""))
    if key in messages:
        raise BadWords(f"line {number}: said twice: {entry['msgid']}")
    messages[key] = entry["msgstr"]


def compile_mo(messages):
    """The bytes of the `.mo` file that gettext reads, always the same for the same messages."""
    table = []
    for (context, msgid, plural), translation in messages.items():
        name = f"{context}{_CONTEXT}{msgid}" if context else msgid
        if plural:
            name = f"{name}{_PLURAL}{plural}"
        table.append((name.encode(), translation.encode()))
    table.sort()
    names = b"".join(name + b"\0" for name, _ in table)
    count = len(table)
    names_at = 28 + 16 * count
    index, offset = [], names_at
    for name, _ in table:
        index += (len(name), offset)
        offset += len(name) + 1
    texts = b""
    for _, text in table:
        index += (len(text), offset)
        offset += len(text) + 1
        texts += text + b"\0"
    header = (0x950412DE, 0, count, 28, 28 + 8 * count, 0, names_at)
    return struct.pack(f"<{7 + len(index)}I", *header, *index) + names + texts
