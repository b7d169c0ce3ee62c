"""The pieces of a Word text as XML, written as text: ten thousand paragraphs cost no tree.

Whatever a person typed passes `_escaped`; nothing else ever becomes markup.
"""

from xml.sax.saxutils import escape, quoteattr

from portal.text import one_line

# Word measures in twentieths of a point; a millimetre has 56.7 of them.
TWIPS = 1440 / 25.4
NO_BORDERS = "".join(
    f'<w:{side} w:val="nil"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
THIN_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def _escaped(text):
    return escape(one_line(text))


def run(text, *, bold=False, italic=False, underlined=False):
    marks = "".join(
        mark
        for mark, wanted in (
            ("<w:b/>", bold),
            ("<w:i/>", italic),
            ('<w:u w:val="single"/>', underlined),
        )
        if wanted
    )
    properties = f"<w:rPr>{marks}</w:rPr>" if marks else ""
    # A space at either end belongs to the text.
    lead = " " if text[:1] == " " else ""
    tail = " " if text[-1:] == " " and text.strip() else ""
    return f'<w:r>{properties}<w:t xml:space="preserve">{lead}{_escaped(text)}{tail}</w:t></w:r>'


def paragraph(style, *runs):
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{"".join(runs)}</w:p>'


_FREE = '<w:keepNext w:val="0"/>'


def free_of_next(paragraph):
    """The same, whatever its style says, on any page without what follows."""
    return paragraph.replace("</w:pPr>", f"{_FREE}</w:pPr>", 1)


def kept_with_next(paragraphs):
    """The same, its last paragraph on one page with what follows."""
    before, found, after = paragraphs.rpartition("</w:pPr>")
    return f"{before.removesuffix(_FREE)}<w:keepNext/>{found}{after}" if found else paragraphs


def link(relation, text):
    """A link whose address stands in the relations of the document under the id `relation`."""
    return (
        f'<w:hyperlink r:id="{relation}" w:history="1"><w:r><w:rPr><w:rStyle w:val="Hyperlink"/>'
        f"</w:rPr><w:t>{_escaped(text)}</w:t></w:r></w:hyperlink>"
    )


def inner_link(bookmark, text):
    """A link to a place in the same document."""
    return (
        f'<w:hyperlink w:anchor="{bookmark}" w:history="1"><w:r><w:t>{_escaped(text)}</w:t></w:r>'
        "</w:hyperlink>"
    )


def bookmark(name, number, *runs):
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{"".join(runs)}'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def relation(identity, url):
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    return (
        f'<Relationship Id="{identity}" Type="{kind}" Target={quoteattr(url)} '
        'TargetMode="External"/>'
    )


def cell(width, *paragraphs):
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>{"".join(paragraphs)}</w:tc>'


def row(*cells, heads=False):
    """A row that no page break divides; with `heads` it stands again on every page."""
    again = "<w:tblHeader/>" if heads else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{again}</w:trPr>{''.join(cells)}</w:tr>"


def table_start(widths, *, bordered=True, cell_margin=108):
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    margins = "".join(f'<w:{side} w:w="{cell_margin}" w:type="dxa"/>' for side in ("left", "right"))
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f"<w:tblBorders>{THIN_BORDERS if bordered else NO_BORDERS}</w:tblBorders>"
        f'<w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>"
    )


TABLE_END = "</w:tbl>"
