"""The few marks in which the demo's texts are written, turned into the HTML a report stores.

Blocks are parted by an empty line: `## heading`, `- item`, `1. item`, `> quote` (its last line may
be `> — who said it`), `| cell | cell |` with the first row as header and `|---|` below it; anything
else is a paragraph. Inside a block: `**strong**`, `*emphasis*`.
"""

import re

from django.utils.html import escape


def html_of(prose):
    """The HTML of a text in these marks; text is escaped."""
    blocks = re.split(r"\n\s*\n", prose.strip())
    return "\n".join(_block(block.strip().split("\n")) for block in blocks if block.strip())


def _block(lines):
    first = lines[0]
    if first.startswith("## "):
        return f"<h2>{_inline(first[3:])}</h2>"
    if first.startswith("- "):
        return _list("ul", [line[2:] for line in lines])
    if re.match(r"\d+\. ", first):
        return _list("ol", [line.split(". ", 1)[1] for line in lines])
    if first.startswith("> "):
        return _quote([line[2:] for line in lines])
    if first.startswith("|"):
        return _table(lines)
    return f"<p>{_inline(' '.join(lines))}</p>"


def _inline(text):
    text = re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(text))
    return re.sub(r"\*(.+?)\*", r"<em>\1</em>", text)


def _list(tag, items):
    return f"<{tag}>{''.join(f'<li>{_inline(item)}</li>' for item in items)}</{tag}>"


def _quote(lines):
    said = [line for line in lines if not line.startswith("— ")]
    by = "".join(f"<p><em>{_inline(line)}</em></p>" for line in lines if line.startswith("— "))
    return f"<blockquote><p>{_inline(' '.join(said))}</p>{by}</blockquote>"


def _table(lines):
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, body = rows[0], [row for row in rows[1:] if not set("".join(row)) <= {"-"}]
    cells = "".join(f"<th>{_inline(cell)}</th>" for cell in head)
    lines = "".join(
        f"<tr>{''.join(f'<td>{_inline(cell)}</td>' for cell in row)}</tr>" for row in body
    )
    return f"<table><thead><tr>{cells}</tr></thead><tbody>{lines}</tbody></table>"
