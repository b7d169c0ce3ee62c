"""Tables that only hold pictures above, below or beside their captions, as Word users set them.

Such a table is no table for a reader: it becomes each picture followed by its own caption. A table
of words and numbers stays one, whatever pictures stand in it.
"""

from portal.text import one_line
from reports.flow import table_rows
from reports.markup import Element

from .signs import CAPTION_SIGN, PICTURES

_LONGEST_CAPTION = 300
_BESIDE = ((1, 0), (-1, 0), (0, 1), (0, -1))


def set_pictures_free(root):
    """Rewrite the tables of pictures below `root`, those inside others first."""
    tables = [element for element in root.elements() if element.tag == "table"]
    for table in reversed(tables):
        if PICTURES.search(table.text()):
            _set_free(table)


def _set_free(table):
    cells = {}
    for row, line in enumerate(table_rows(table)):
        column = 0
        for cell in line:
            cells[row, column] = cell
            column += _span(cell)
    words = {place: _words(cell) for place, cell in cells.items()}
    pictures = {place: PICTURES.findall(cell.text()) for place, cell in cells.items()}
    shared = {row for row, _ in cells if sum(place[0] == row for place in cells) == 1}
    captions = {}
    for place in cells:
        if pictures[place]:
            captions[place] = _caption_place(place, cells, words, pictures, shared)
    used = {*captions, *captions.values()}
    left = [place for place in cells if words[place] and place not in used]
    if left or any(len(text) > _LONGEST_CAPTION for text in words.values()):
        return
    table.tag, table.attributes = "div", {}
    table.children = [
        node
        for place, caption in captions.items()
        for node in _picture_and_words(cells[place], pictures[place], words.get(caption, ""))
    ]


def _span(cell):
    text = cell.get("colspan")
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 50 else 1


def _words(element):
    """The words in a cell, those of two paragraphs apart."""
    parts = [element, *element.elements()]
    texts = [" ".join(c for c in part.children if isinstance(c, str)) for part in parts]
    return one_line(PICTURES.sub(" ", " ".join(texts)))


def _caption_place(place, cells, words, pictures, shared):
    """The cell with the words of the picture at `place`: its own, one beside it, or a shared row's."""
    if words[place]:
        return place
    row, column = place
    for down, right in _BESIDE:
        near = (row + down, column + right)
        if right == 0 and near[0] in shared:
            near = (near[0], 0)
        if near in cells and words[near] and not pictures[near]:
            return near
    return None


def _picture_and_words(cell, pictures, words):
    if words and len(pictures) > 1 and PICTURES.search(cell.text()) and _words(cell):
        return cell.children  # several pictures with words between them: as they stand
    signs = [Element("p", {}, [sign]) for sign in PICTURES.findall(cell.text())]
    caption = [Element("p", {}, [CAPTION_SIGN + words])] if words else []
    return [*signs, *caption]
