"""What became of every page, as a table for Excel: one form for the command and the page."""

HEAD = ["Tệp", "Kết quả", "Tít", "Ghi chú", "Mã bài", "Địa chỉ cũ"]


def csv_row(item):
    """One item as cells; what looks like a formula is kept from being one."""
    cells = [
        item.key, item.get_outcome_display(), item.title, " ".join(item.remarks),
        str(item.report_id or ""), item.original_url,
    ]  # fmt: skip
    return [f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell for cell in cells]
