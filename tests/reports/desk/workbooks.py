"""Reading the desk's workbooks back, with another program than the one that wrote them."""

import io

import openpyxl


def opened(client, query, name="phu-luc.xlsx", **options):
    response = client.get(f"/tong-hop/xuat/{name}?{query}")
    assert response.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(response.getvalue()), **options)


def table_in(sheet, heading="STT"):
    """(headings, rows) below the row whose first cell is `heading`, up to the first that is empty."""
    rows = [[cell.value for cell in row] for row in sheet.rows]
    start = next(number for number, row in enumerate(rows) if row[0] == heading)
    found = []
    for row in rows[start + 1 :]:
        if not any(cell is not None for cell in row[1:]):
            break
        found.append(row)
    return rows[start], found


def texts_of(book):
    return [
        str(cell.value)
        for sheet in book
        for row in sheet.rows
        for cell in row
        if cell.value is not None
    ]
