"""What belongs to a person and not to the public (Nghị định 13/2023/NĐ-CP, personal data)."""

import re

from ..finding import Found, Level, rule

_TWELVE = re.compile(r"(?<![\d.,/-])0\d{2}[ .]?\d{3}[ .]?\d{3}[ .]?\d{3}(?![\d/-]|[.,]\d)")
_PAPER = re.compile(
    r"\b(?:CMND|CCCD|CMTND|chứng minh(?: nhân dân| thư)?|căn cước(?: công dân)?|hộ chiếu)\b"
    r"[^\d\n]{0,30}(?P<number>[A-Z]?\d[\d .]{6,16}\d)",
    re.IGNORECASE,
)
_PHONE = re.compile(
    r"(?<![\d.,/-])(?:\+84|84|0)[ .]?(?:\(?2\d{1,2}\)?|[35789]\d)(?:[ .-]?\d){6,8}(?![\d/-]|[.,]\d)"
)
# Numbers of an office are there to be called.
_OFFICE = re.compile(
    r"(?:đường dây nóng|hotline|tổng đài|trực ban|điện thoại (?:trực|cơ quan|đường dây)|văn phòng"
    r"|bộ phận (?:một cửa|tiếp công dân))[^\n]{0,60}$",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(
    r"\b(?:số tài khoản|tài khoản số|tài khoản|STK|TK)\b[^\d\n]{0,30}(?P<number>\d[\d .]{6,20}\d)",
    re.IGNORECASE,
)
_BORN = re.compile(
    r"\bsinh\s+(?:ngày\s+)?\d{1,2}(?:\s*[/.-]\s*|\s+tháng\s+)\d{1,2}(?:\s*[/.-]\s*|\s+năm\s+)\d{4}",
    re.IGNORECASE,
)


@rule(
    "so-giay-to",
    Level.WARN,
    "Có số giấy tờ của người dân (căn cước, chứng minh, hộ chiếu).",
    "Bỏ số ấy, bạn đọc không cần biết.",
)
def paper_numbers(draft):
    for passage in draft.passages:
        spans = [found.span("number") for found in _PAPER.finditer(passage.text)]
        spans += [
            found.span()
            for found in _TWELVE.finditer(passage.text)
            if not any(start <= found.start() < end for start, end in spans)
            and not any(
                found.start() >= account.start("number") and found.end() <= account.end("number")
                for account in _ACCOUNT.finditer(passage.text)
            )
        ]
        for start, end in spans:
            yield _hit(passage, start, end)


@rule(
    "so-dien-thoai",
    Level.WARN,
    "Có số điện thoại của một người.",
    "Bỏ đi, hoặc ghi số cơ quan: “đường dây nóng 0296…”.",
)
def phone_numbers(draft):
    for passage in draft.passages:
        taken = [
            found.span("number")
            for pattern in (_PAPER, _ACCOUNT)
            for found in pattern.finditer(passage.text)
        ]
        for found in _PHONE.finditer(passage.text):
            digits = re.sub(r"\D", "", found[0])
            inside = any(start <= found.start() < end for start, end in taken)
            if (
                inside
                or not 10 <= len(digits) <= 11
                or _OFFICE.search(passage.text, 0, found.start())
            ):
                continue
            yield _hit(passage, *found.span())


@rule(
    "so-tai-khoan",
    Level.WARN,
    "Có số tài khoản ngân hàng.",
    "Chỉ để lại khi đó là tài khoản của cơ quan đứng ra vận động.",
)
def bank_accounts(draft):
    for passage in draft.passages:
        for found in _ACCOUNT.finditer(passage.text):
            if len(re.sub(r"\D", "", found["number"])) >= 8:
                yield _hit(passage, *found.span("number"))


@rule(
    "ngay-sinh",
    Level.WARN,
    "Có ngày sinh đầy đủ của một người.",
    "Chỉ ghi năm sinh hoặc tuổi.",
)
def birth_days(draft):
    for passage in draft.passages:
        for found in _BORN.finditer(passage.text):
            if not _is_famous(passage.text, found.end()):
                yield _hit(passage, *found.span())


def _is_famous(text, end):
    """Birthdays that are celebrated: `sinh ngày 19/5/1890` of somebody long dead."""
    year = int(re.search(r"\d{4}$", text[:end])[0])
    return year < 1920


def _hit(passage, start, end):
    return Found(
        passage.field, passage.around(start, end),
        evidence=re.sub(r"\W", "", passage.text[start:end]), about=passage.about,
    )  # fmt: skip
