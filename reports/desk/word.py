"""A period's report as a Word file in the form of party documents (DOMAIN, section 5).

The frame comes from `word_frame`; the text is written into it piece by piece, so that five thousand
reports need no more memory than one batch of them.
"""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from .outline import Entry
from .word_frame import make_frame
from .word_parts import (
    TABLE_END,
    TWIPS,
    bookmark,
    cell,
    free_of_next,
    inner_link,
    kept_with_next,
    link,
    paragraph,
    relation,
    row,
    run,
    table_start,
)

TEXT, RELATIONS = "word/document.xml", "word/_rels/document.xml.rels"
# One look for units, wherever they stand in Word's outline.
UNITS = {2: "DVDonVi", 3: "Heading3"}
# What the library's template says about the program that made it is not so.
PROGRAM = "docProps/app.xml"
NO_PROGRAM = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?><Properties xmlns='
    '"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties"/>'
)
# “ĐẢNG CỘNG SẢN VIỆT NAM” at 15 points bold is 83 mm long and stands on one line.
PARTY_WIDTH = 88


def write_word(outline, file):
    """Write the report of an `Outline` into the open binary `file`."""
    frame = BytesIO()
    make_frame(
        subject=outline.subject,
        margins=outline.letterhead.margins,
        made_at=outline.selection.now,
    ).save(frame)
    text = _Text(outline)
    with ZipFile(frame) as source, ZipFile(file, "w", ZIP_DEFLATED, compresslevel=4) as target:
        for name in source.namelist():
            if name == PROGRAM:
                target.writestr(name, NO_PROGRAM)
            elif name not in (TEXT, RELATIONS):
                target.writestr(name, source.read(name))
        before, after = _around_text(source.read(TEXT).decode())
        with target.open(TEXT, "w") as part:
            part.write(before.encode())
            for piece in text.pieces():
                part.write(piece.encode())
            part.write(after.encode())
        # The links are known once the text is written.
        before, end, after = source.read(RELATIONS).decode().rpartition("</Relationships>")
        with target.open(RELATIONS, "w") as part:
            part.write(before.encode())
            for identity, url in text.links:
                part.write(relation(identity, url).encode())
            part.write(f"{end}{after}".encode())


def _around_text(document):
    """The frame's XML before its (empty) text and from its section's settings on."""
    before, body, rest = document.partition("<w:body>")
    return before + body, rest[rest.index("<w:sectPr") :]


class _Text:
    """The text of one report; `links` fills while `pieces` are read."""

    def __init__(self, outline):
        self.outline = outline
        self.links = []
        self._sources = []
        left, right = outline.letterhead.margins[2:]
        self._width = 210 - left - right

    def _link(self, url, text):
        identity = f"rLk{len(self.links) + 1}"
        self.links.append((identity, url))
        return link(identity, text)

    def pieces(self):
        yield self._head()
        for label, words in self.outline.facts:
            yield paragraph("DVThongTin", run(f"{label}: ", bold=True), run(words))
        last = ""
        for piece in self.outline.body():
            yield last
            last = getattr(self, f"_{piece.kind}")(piece)
        # A signature never stands alone on a page.
        yield kept_with_next(last)
        yield self._foot()
        yield from self._annexes()

    # --- the pieces of the outline ----------------------------------------------------------------

    def _heading(self, heading):
        style = UNITS[heading.level] if heading.of_unit else f"Heading{heading.level}"
        return paragraph(style, run(heading.text))

    def _said(self, said):
        return paragraph("DVThan", run(said.text))

    def _entry(self, entry: Entry):
        self._sources.append((entry.number, entry.title, entry.url))
        title = paragraph(
            "DVTit",
            inner_link(f"nguon{entry.number}", f"{entry.number}."),
            run(f" {entry.title}", bold=True),
            run(f" – {entry.place}; "),
            run(f"{entry.day}.", italic=True),
        )
        if not entry.paragraphs:
            # A list of titles, each kept with the next, is longer than a page: then no program keeps any.
            return free_of_next(title)
        return title + "".join(paragraph("DVThan", run(text)) for text in entry.paragraphs)

    def _grid(self, grid):
        numbers = len(grid.columns) - grid.words
        width = round(self._width * TWIPS)
        of_number = min(1500, width // (len(grid.columns) + 1))
        of_words = width - numbers * of_number
        # Of several columns of words the first says what it is about.
        rest = of_words // (grid.words + 1)
        widths = [of_words - rest * (grid.words - 1)] + [rest] * (grid.words - 1)
        widths += [of_number] * numbers
        heads = [paragraph("DVCotBang", run(text)) for text in grid.columns]
        lines = [row(*map(cell, widths, heads), heads=True)]
        for place, values in enumerate(grid.rows, 1):
            bold = grid.has_total and place == len(grid.rows)
            cells = [
                cell(
                    widths[column],
                    paragraph("DVOBang" if column < grid.words else "DVOSo", run(value, bold=bold)),
                )
                for column, value in enumerate(values)
            ]
            lines.append(row(*cells))
        # Two tables without a paragraph between them would become one.
        return table_start(widths) + "".join(lines) + TABLE_END + paragraph("DVOBang")

    # --- the form around them ---------------------------------------------------------------------

    def _columns(self, right=PARTY_WIDTH):
        """Widths of a table of two columns without borders, as wide as the text."""
        right = min(right, round(self._width * 0.6))
        return [round((self._width - right) * TWIPS), round(right * TWIPS)]

    def _head(self):
        head = self.outline.letterhead
        left = [
            *([paragraph("DVCapTren", run(head.parent_body))] if head.parent_body else []),
            paragraph("DVCoQuan", run(head.issuing_body)),
            paragraph("DVSo", run("*")),
            paragraph("DVSo", run(head.number)),
        ]
        right = [
            paragraph("DVTieuDe", run("ĐẢNG CỘNG SẢN VIỆT NAM")),
            paragraph("DVNgay", run(head.place_and_day)),
        ]
        widths = self._columns()
        return (
            table_start(widths, bordered=False, cell_margin=0)
            + row(cell(widths[0], *left), cell(widths[1], *right))
            + TABLE_END
            + paragraph("DVBaoCao", run("BÁO CÁO"))
            + (paragraph("DVTrichYeu", run(self.outline.subject)) if self.outline.subject else "")
            + paragraph("DVSao", run("-----"))
        )

    def _foot(self):
        head = self.outline.letterhead
        receivers = [
            paragraph("DVNoiNhan", run(f"- {each}{mark}"))
            for each, mark in zip(
                head.recipients, [","] * (len(head.recipients) - 1) + ["."], strict=False
            )
        ]
        # A row is never divided, so title, room for the hand and name stay on one page.
        left = [paragraph("DVNoiNhan", run("Nơi nhận:", underlined=True)), *receivers]
        right = [paragraph("DVChucDanh", run(title)) for title in head.signatory_titles]
        right.append(paragraph("DVNguoiKy", run(head.signatory_name)))
        widths = self._columns(self._width // 2)
        return (
            kept_with_next(paragraph("DVOBang"))
            + table_start(widths, bordered=False, cell_margin=0)
            + row(cell(widths[0], *left), cell(widths[1], *right))
            + TABLE_END
        )

    def _annexes(self):
        """On pages of their own, behind the signature: the numbers, then the sources."""
        titles = []
        if numbers := self.outline.numbers_by_unit:
            titles.append(numbers.title)
            yield self._annex_head(1, numbers.title) + self._grid(numbers)
        if not self._sources:
            yield paragraph("DVOBang")
            return
        yield self._annex_head(len(titles) + 1, "Nguồn của các bài")
        yield paragraph(
            "DVNguon",
            run("Danh sách này mở lại ở: "),
            self._link(self.outline.address, self.outline.address),
        )
        for number, title, url in self._sources:
            yield paragraph(
                "DVNguon",
                bookmark(f"nguon{number}", number, run(f"{number}. ")),
                run(f"{title}. "),
                self._link(url, url),
            )

    @staticmethod
    def _annex_head(number, title):
        return paragraph("DVPhuLuc", run(f"Phụ lục {number}: {title}"))
