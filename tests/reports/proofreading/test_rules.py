"""Each rule finds what it is for, and leaves its neighbours alone."""

from datetime import date

import pytest

from reports.proofreading.checking import check_draft
from reports.proofreading.finding import MOST_OF_ONE_RULE, RULES, Level, Replacement, rule
from reports.proofreading.rules import ordered
from tests.reports.proofreading.drafts import draft, event, hits, photo

# rule: (texts it must find, texts it must leave alone); plain text is a body.
BODIES = {
    "chinh-ta": (
        [
            "Nhiều vấn đề búc xúc được giải quyết.",
            "Các đoàn thể được ủng cố tổ chức.",
            "Đã chuyển 40 xuất quà cho bà con.",
            "Giải quyết khiếu nại, tổ cáo.",
            "Mặt trận Tồ quốc xã.",
            "Đẩy mạnh truyên truyền.",
            "Hai ấp sát nhập làm một.",
            "Xử dụng vốn đúng chỗ.",
            "Hội chia xẻ với gia đình.",
            "Ban hổ trợ cây giống.",
            "Công tác dân vân của xã.",
        ],
        [
            "Vấn đề bức xúc, tố cáo, tuyên truyền, sáp nhập, sử dụng, chia sẻ, hỗ trợ.",
            "Hải quan giám sát nhập khẩu gỗ.",
            "Chi hội đề xuất quà cho cụ già.",
            "Thành tựu chung của cả xã.",
            "Ngồi lại với mặt, trân trọng nhau.",
            "Chị Vân động viên cả tổ.",
            "Hoà thuận, thuỷ lợi, kỹ càng, kĩ càng.",
        ],
    ),
    "am-tiet-la": (
        [
            "Bà con trong xã họpp đông đủ.",
            "Nnhiều hộ đã ghi tên, nngười ở xa cũng về.",
            "Các ngề cùng làm.",
            "Xã đã thưc hiện xong.",
            "Ghế đá được kê ngay ngăn, hghiêm túc ghể.",
        ],
        [
            "Người làng Kon Klor đánh cồng chiêng bên nhà rông, mặc áo k'pan.",
            "Mở fanpage, gửi email, quay video clip, họp online qua zalo.",
            "Xe buýt, rơ-moóc, ki-lô-gam, 15kg, 3km, H'Hen, Y Bliă.",
            "Theo 05-NQ/TW, xem tại dichvucong.gov.vn/abc hoặc a.b@xa.vn.",
            "Khuỷu tay ngoằn ngoèo, quều quào, uỵch một cái, xoong nồi, loắt choắt.",
            "UBND, MTTQ, HĐND; ĐẠI HỘI ĐẠI BIỂU.",
        ],
    ),
    "can-may-de-lai": (
        ["Error! Bookmark not defined.", "Xem [Hình ảnh] kèm theo.", "mso-style-name:Table",
         "Evaluation Warning: The document was created with a trial."],
        ["Lỗi ấy đã sửa.", "Hình ảnh lễ ra quân."],
    ),
    "dau-dong-le": (["•", "• Làm đường"], ["Làm đường", "- một gạch đầu dòng gõ tay là lời nói."]),
    "chu-tat-chua-giai": (
        ["Thực hiện QCDC ở cơ sở.", "Vận động ĐVTN tham gia."],
        ["Thực hiện quy chế dân chủ (QCDC). QCDC đã vào nếp.", "UBND, HĐND, MTTQ, Hội LHPN, Hội CCB xã.",
         "Theo 05-NQ/TW của BT.", "MẶT TRẬN TỔ QUỐC XÃ TA"],
    ),
    "so-giay-to": (
        ["Ông A, CCCD 091085001234.", "số căn cước: 091085001234", "CMND số 351 234 567", "091085001234"],
        ["Số tiền 123.456.789.012 đồng.", "Gọi 0912345678.", "Giấy số 12/2026."],
    ),
    "so-dien-thoai": (
        ["Gọi anh Ba 0912 345 678.", "Liên hệ: 0296.3856.123", "ĐT +84 912345678"],
        ["Đường dây nóng 0296 3856 123.", "hotline: 0912 345 678", "Ngày 02/07/2026, 123.456.789 đồng",
         "Quyết định 0123456", "CCCD 091085001234"],
    ),
    "so-tai-khoan": (
        ["Ủng hộ về STK 6501 2050 0012 34.", "số tài khoản: 65010000123456"],
        ["Mở 1.200 tài khoản định danh mức 2.", "tài khoản 12 người"],
    ),
    "ngay-sinh": (
        ["Em Lê Thị B, sinh ngày 02/7/2010.", "sinh 2 tháng 7 năm 1980"],
        ["Bà sinh năm 1960.", "Sinh nhật Bác ngày 19/5.", "Bác sinh ngày 19/5/1890."],
    ),
    "quang-cao-co-bac": (
        ["Nhà cái uy tín số một.", "Vào kubet nhận quà.", "https://abc.kubet88.com/x", "tài xỉu online"],
        ["Công an bắt nhóm đánh bạc, cá độ bóng đá, ghi lô đề.", "Đổi thưởng cho hộ phân loại rác."],
    ),
    "hai-dau-cach": (["Hai  dấu cách."], ["Một dấu cách.", "Xuống\ndòng."]),
    "cach-truoc-dau": (["Bà con góp công , góp của .", "Vì sao ?"], ["Góp công, góp của...", "Còn nữa …"]),
    "ngoac-kep-le": (
        ["Ông nói: “Làm thôi.", "Dân vận khéo”", 'Phong trào "Xanh'],
        ["“Mở đầu\nvà kết thúc.”", 'Phong trào "Xanh" và “Sạch”', 'Màn hình 15" mới'],
    ),
    "thieu-nam": (
        ["Chiều 2/7, hội nghị bắt đầu.", "Sáng ngày 02 tháng 7, xã họp."],
        ["Chiều 2/7/2026, hội nghị bắt đầu.", "Chiều 2/7, nhớ năm 2026.", "Đạt 5/9 xã.", "Dài 2/7 cây số."],
    ),
    "ky-thieu-nam": (
        ["Sơ kết 6 tháng đầu năm.", "Kết quả quý I của xã."],
        ["Sơ kết 6 tháng đầu năm 2026.", "Quý II/2026 đã xong.", "Trong 6 tháng học nghề."],
    ),
    "hom-nay-la-ngay-nao": (
        ["Sáng nay, xã ra quân.", "Hôm qua mưa lớn."],
        ["Sáng nay, 2/7, xã ra quân.", "Bà bảo: “Hôm nay vui quá.”", "Ngày nay đường đã rộng."],
    ),
    "ngay-khong-co-tren-lich": (
        ["Ngày 31/2/2026 họp.", "Sáng 32/7 mưa.", "ngày 30 tháng 2", "Ngày 30-32/7 tập huấn."],
        ["Ngày 29/2 năm nhuận.", "Ngày 31/12/2026.", "Đạt 31/2 chỉ tiêu.",
         "Từ ngày 14-16/8/2019 tập huấn.", "Ngày 28 – 29 tháng 6."],
    ),
    "ngay-dao-nguoc": (
        ["Từ ngày 10/7 đến ngày 5/7.", "từ 10/7/2026 đến hết ngày 9/6/2026"],
        ["Từ ngày 5/7 đến ngày 10/7.", "Từ 25/12 đến 5/1.", "từ 25/12/2025 đến 5/1/2026"],
    ),
}  # fmt: skip

TITLES = {
    "tit-rong": (
        ["null", "Untitled", "...", "123", "Tiêu đề"],
        ["Tiêu đề mới của xã", "Nullarbor"],
    ),
    "tit-may-ghi": (["null Đức Phổ giao ban quý I"], ["Đức Phổ giao ban quý I", "null"]),
    "tit-hai-lan": (
        ["Đức Phổ giao ban quý I Đức Phổ giao ban quý I"],
        ["Đức Phổ giao ban, Đức Phổ làm thật", "Xanh xanh", "Dân biết, dân bàn"],
    ),
    "tit-qua-dai": (["Xã " + "làm đường " * 20], ["Xã " + "làm đường " * 15]),
    "tit-viet-hoa": (
        ["HỘI NGHỊ SƠ KẾT CÔNG TÁC DÂN VẬN", "XÃ TA LÀM ĐƯỜNG 2026"],
        ["MTTQ xã ra quân", "UBND VÀ HĐND", "Hội nghị sơ kết công tác dân vận"],
    ),
    "tit-cham-cuoi": (
        ["Xã ta làm xong đường hoa."],
        ["Xã ta làm đường…", "Đường ở TP. Huế", "Vì sao?"],
    ),
}

DRAFTS = {
    "tit-lap-trong-bai": (
        [draft(lead="Xã ta trồng xong đường hoa."), draft("Xã ta trồng xong đường hoa\nBà con vui.")],
        [draft(), draft("Xã ta trồng xong đường hoa dài ba cây số.")],
    ),
    "noi-dung-trong": ([draft("")], [draft("", lead="Một câu."), draft()]),
    "anh-thieu-chu-thich": ([draft(photos=[photo(caption=" ")])], [draft(photos=[photo()]), draft()]),
    "anh-thieu-nguoi-chup": ([draft(photos=[photo(has_credit=False)])], [draft(photos=[photo()]), draft()]),
    "anh-thieu-mo-ta": ([draft(photos=[photo(alt="")])], [draft(photos=[photo()]), draft()]),
    "anh-mo-ta-rong": (
        [draft(photos=[photo(alt=alt)]) for alt in ("Responsive image", "IMG_1234.jpg", "Bà con đổ bê tông")],
        [draft(photos=[photo(), photo(1, alt="")])],
    ),
    "dien-ra-sau-khi-dang": (
        [draft(event=event(date(2026, 7, 12))),
         draft(event=event(date(2026, 7, 9)), published_on=date(2026, 7, 8))],
        [draft(event=event(date(2026, 7, 10))), draft(event=event()), draft(),
         draft("Xã sẽ ra quân.", event=event(date(2026, 7, 12))),
         draft(event=event(date(2026, 7, 12)), genre="thong-bao")],
    ),
    "bao-truoc-su-kien": (
        [draft("Xã sẽ ra quân.", event=event(date(2026, 7, 12)))],
        [draft("Xã sẽ ra quân.", event=event(date(2026, 7, 10))), draft(event=event(date(2026, 7, 12)))],
    ),
    "su-kien-chua-ro-ngay": ([draft(event=event())], [draft(), draft(event=event(date(2026, 7, 9)))]),
    "thieu-nam": (
        [draft("Chiều 2/7 xã họp.", event=event())],
        [draft("Chiều 2/7 xã họp.", event=event(date(2026, 7, 2))),
         draft("Chiều 2/7 xã họp.", period_start=date(2026, 1, 1))],
    ),
    "ky-thieu-nam": (
        [draft(title="Xã sơ kết 9 tháng đầu năm")],
        [draft("Sơ kết 9 tháng đầu năm.", period_start=date(2026, 1, 1)),
         draft("Sơ kết 9 tháng đầu năm.", period_label="9 tháng đầu năm 2026")],
    ),
    "chinh-ta": (
        [draft(photos=[photo(caption="Bà con xử dụng máy mới")]), draft(lead="Xã hổ trợ bà con.")],
        [draft(photos=[photo()])],
    ),
}  # fmt: skip


def _cases(table, make=lambda text: text):
    for name, (wrong, right) in table.items():
        yield from (
            pytest.param(name, make(text), True, id=f"{name}: {text}"[:60]) for text in wrong
        )
        yield from (
            pytest.param(name, make(text), False, id=f"{name}: {text}"[:60]) for text in right
        )


@pytest.mark.parametrize(
    ("name", "text", "is_wrong"),
    [
        *_cases(BODIES, draft),
        *_cases(TITLES, lambda title: draft(title=title)),
        *_cases(DRAFTS),
    ],
)
def test_a_rule_finds_what_it_is_for_and_nothing_else(name, text, is_wrong):
    assert bool(hits(name, text)) == is_wrong


def test_every_rule_has_its_examples():
    # These ask the database and have files of their own.
    elsewhere = {
        "don-vi-khong-co-hom-ay", "don-vi-het-luc-dang", "lien-ket-la", "trung-bai",
        "gan-trung-noi-dung", "gan-trung-tit",
    }  # fmt: skip

    assert {*BODIES, *TITLES, *DRAFTS} | elsewhere == set(RULES)
    assert [rule.id for rule in ordered()] != []


def test_every_rule_says_its_cure_in_vietnamese():
    for each in RULES.values():
        assert each.says.endswith((".", ")")) or each.says[-1].isalpha(), each.id
        assert len(each.cure) > 8, each.id
        assert each.id == each.id.lower()


def test_a_rule_has_one_name():
    with pytest.raises(ValueError, match="tit-rong"):
        rule("tit-rong", Level.WARN, "", "")(lambda draft: [])


@pytest.mark.django_db
def test_a_clean_text_has_no_finding():
    assert check_draft(draft(photos=[photo()])) == []


@pytest.mark.django_db
def test_what_blocks_comes_first():
    found = check_draft(draft("Xử dụng QCDC. Error! Bookmark", title="null"))

    levels = [finding.level for finding in found]
    assert levels == sorted(levels, key=lambda level: level != Level.BLOCK)
    assert {finding.rule for finding in found if finding.is_block} == {"tit-rong", "can-may-de-lai"}


def test_a_finding_says_where_and_leads_to_its_field():
    (finding,) = hits("chinh-ta", draft(photos=[photo(), photo(1, caption="Bà con xử dụng máy")]))

    assert finding.words == "“xử dụng”: có lẽ là “sử dụng”."
    assert finding.where == "Ảnh 2, chú thích: “Bà con xử dụng máy”"
    assert finding.anchor == "id_photos-1-caption"
    assert finding.replacement == Replacement("xử dụng", "sử dụng")


def test_the_cure_keeps_capitals():
    (finding,) = hits("chinh-ta", "Xử dụng vốn đúng chỗ.")

    assert finding.replacement == Replacement("Xử dụng", "Sử dụng")


def test_the_same_slip_is_said_once():
    assert len(hits("chinh-ta", "Bà con xử dụng máy.\nXã xử dụng vốn.")) == 1


def test_a_finding_keeps_its_print_when_other_words_change():
    (before,) = hits("chinh-ta", "Bà con xử dụng máy.")
    (after,) = hits("chinh-ta", "Một đoạn mới.\nNay bà con xử dụng máy cày.")
    (other,) = hits("chinh-ta", "Bà con hổ trợ nhau.")

    assert before.fingerprint == after.fingerprint
    assert before.fingerprint != other.fingerprint


def test_the_print_of_a_photo_follows_the_photo():
    first = photo(0, caption="")
    (here,) = hits("anh-thieu-chu-thich", draft(photos=[first]))
    moved = [photo(0), type(first)(1, first.token, "", first.alt, True)]
    (there,) = hits("anh-thieu-chu-thich", draft(photos=moved))

    assert here.fingerprint == there.fingerprint
    assert (here.field, there.field) == ("photos-0-caption", "photos-1-caption")


def test_a_text_in_another_tongue_does_not_flood_the_page():
    body = " ".join(f"xyẹt{letter}{other}" for letter in "abcdegh" for other in "abcdegh")

    assert len(hits("am-tiet-la", body)) == MOST_OF_ONE_RULE
