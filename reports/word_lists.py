"""Word writes lists as paragraphs with a style and a drawn bullet; here they become lists again."""

import re

from .markup import Element

_LIST_STYLE = re.compile(r"mso-list\s*:\s*l\d+\s+level(\d+)")
_MARKER_STYLE = re.compile(r"mso-list\s*:\s*ignore")
_NUMBERED = re.compile(r"\s*\(?(?:\d{1,3}|[a-zđ]|[ivx]{1,4})\s*[.)]", re.IGNORECASE)


def is_list_item(node):
    return node.tag in ("p", "div") and bool(_LIST_STYLE.search(node.style))


def nested_lists(items, write):
    """The lists that consecutive `items` make, as HTML; `write(children)` writes one item's text."""
    entries = [entry for item in items if (entry := _entry(item, write))[2]]
    blocks = []
    while entries:
        block, entries = _list(entries, entries[0][0])
        blocks.append(block)
    return blocks


def _entry(item, write):
    marker = "".join(e.text() for e in item.elements() if _MARKER_STYLE.search(e.style))
    level = min(int(_LIST_STYLE.search(item.style)[1]), 6)
    kind = "ol" if _NUMBERED.match(marker) else "ul"
    return level, kind, write(_without_marker(item).children)


def _without_marker(node):
    children = []
    for child in node.children:
        if isinstance(child, Element):
            if _MARKER_STYLE.search(child.style):
                continue
            child = _without_marker(child)
        children.append(child)
    return Element(node.tag, node.attributes, children)


def _list(entries, level):
    """One list from the entries in front at `level` and deeper, and the entries after it."""
    kind = entries[0][1]
    items = []
    while entries and entries[0][0] >= level:
        if entries[0][0] > level and items:
            inner, entries = _list(entries, entries[0][0])
            items[-1] += inner
            continue
        if entries[0][1] != kind:
            break
        items.append(entries[0][2])
        entries = entries[1:]
    return f"<{kind}>{''.join(f'<li>{item}</li>' for item in items)}</{kind}>", entries
