"""A downloaded Word report, opened by another program, and what stands in it."""

import io

from docx import Document
from docx.oxml.ns import qn


def download(client, query):
    response = client.get(f"/tong-hop/xuat/bao-cao.docx?{query}")
    assert response.status_code == 200
    return response.getvalue()


def opened(client, query):
    return Document(io.BytesIO(download(client, query)))


def lines(document, *styles):
    """Texts of the paragraphs outside of tables, of these styles (by id) or of all."""
    return [
        text_of(paragraph)
        for paragraph in document.paragraphs
        if not styles or paragraph.style.style_id in styles
    ]


def text_of(paragraph):
    """With the words of links, which python-docx leaves out of `text` in some versions."""
    return "".join(node.text or "" for node in paragraph._p.iter(qn("w:t")))


def entries(document):
    """{number: line} of the reports."""
    found = {}
    for line in lines(document, "DVTit"):
        number, _, rest = line.partition(". ")
        found[int(number)] = rest
    return found


def grid(document, title):
    """Rows of the table whose first column is called `title`."""
    for table in document.tables:
        rows = [[cell.text for cell in row.cells] for row in table.rows]
        if rows[0][0] == title:
            return rows
    return None


def links(document):
    """{address: words} of the links to somewhere else."""
    rels = document.part.rels
    return {
        rels[node.get(qn("r:id"))].target_ref: "".join(t.text for t in node.iter(qn("w:t")))
        for node in document.element.body.iter(qn("w:hyperlink"))
        if node.get(qn("r:id"))
    }
