"""The byline's grammar (DOMAIN, section 3): what is composed from names is read back equal."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.intake.byline import read_bare, read_labelled
from reports.intake.names import is_account, is_organisation, is_person

PERSONS = [
    "Minh Ngọc", "Thanh Xuân", "Nguyễn Thị Ánh Tuyết", "Lê Văn Tám", "Thuý Kiều", "Trần Đăng Khoa",
    "Ban Mai", "Công Tâm", "Trường Giang", "Đoàn Văn Hậu", "Thành Trung", "Quỳnh Như", "Vũ Ước",
    "HOÀI ÂN", "TÁ LÂM", "LÊ QUÝ ĐỨC", "M.T", "N.V.A", "Th. Nga", "H’Linh Niê", "Y Thanh", "Lan Anh",
]  # fmt: skip
ORGANISATIONS = [
    "Trung tâm VH – TT – TT", "Trung tâm TT-VH-TT thị xã Đức Phổ", "MTTQVN xã Phước Đông",
    "Ủy ban MTTQ Việt Nam huyện", "Uỷ ban nhân dân xã", "Ban Dân vận Huyện ủy", "Đài TT-TH huyện",
    "Hội Nông dân tỉnh", "Huyện đoàn Ba Tơ", "UBMTTQ phường 5", "BTG Huyện ủy", "Công an xã",
    "Phòng VHTT", "Văn phòng HĐND-UBND", "Xã đoàn Hòa Phú", "TTXVN", "BĐBP tỉnh", "TP.Pleiku",
]  # fmt: skip
AGENCIES = ["TTXVN", "VOV", "VOV.VN", "Báo Nhân Dân", "VOV- Tây Bắc"]

person = st.sampled_from(PERSONS)
people = st.lists(person, min_size=1, max_size=3, unique=True)
organisation = st.sampled_from(ORGANISATIONS)
dash = st.sampled_from([" - ", " – ", " — "])
between = st.sampled_from([" - ", " – ", ", ", " và ", " & "])
colon = st.sampled_from([": ", " : ", ":"])
both = st.sampled_from(
    [
        "Tin, ảnh",
        "Tin - ảnh",
        "Tin-ảnh",
        "Tin và ảnh",
        "Bài, ảnh",
        "Bài và ảnh",
        "TIN, ẢNH",
        "Tin/ảnh",
    ]
)
writes = st.sampled_from(
    ["Tác giả", "Tác giả bài viết", "Người viết", "Bài", "Tin", "BT", "Tin bài"]
)
shoots = st.sampled_from(["Ảnh", "Hình", "ảnh", "Hình ảnh"])


@given(people, between)
def test_names_alone(names, sign):
    credits = read_bare(sign.join(names))

    assert credits.authors == names
    assert (credits.photographers, credits.organisation, credits.source) == ([], "", "")


@given(person, dash, organisation)
def test_a_name_and_an_organisation_behind_a_dash(name, sign, office):
    credits = read_bare(f"{name}{sign}{office}")

    assert (credits.authors, credits.organisation) == ([name], office)


@given(people, between, organisation)
def test_names_and_an_organisation_in_brackets(names, sign, office):
    credits = read_bare(f"{sign.join(names)} ({office})")

    assert (credits.authors, credits.organisation) == (names, office)


@given(person, st.sampled_from(AGENCIES))
def test_a_name_and_an_agency(name, agency):
    credits = read_bare(f"{name}/{agency}")

    assert (credits.authors, credits.organisation) == ([name], agency)


@given(organisation)
def test_an_organisation_alone_signs_for_nobody(office):
    credits = read_bare(office)

    assert (credits.authors, credits.organisation) == ([], office)


@given(both, colon, people, between)
def test_one_label_with_two_tasks(label, sign, names, joint):
    credits = read_labelled(f"{label}{sign}{joint.join(names)}")

    assert credits.authors == credits.photographers == names


@given(writes, shoots, colon, person, person, st.sampled_from([" – ", " ", "; ", ", ", " | "]))
def test_two_labels_in_one_line(writing, shooting, sign, writer, photographer, gap):
    credits = read_labelled(f"{writing}{sign}{writer}{gap}{shooting}{sign}{photographer}")

    assert (credits.authors, credits.photographers) == ([writer], [photographer])


@given(writes, colon, person, dash, organisation)
def test_a_labelled_name_with_its_office(label, sign, name, gap, office):
    credits = read_labelled(f"{label}{sign}{name}{gap}{office}")

    assert (credits.authors, credits.organisation) == ([name], office)


@given(shoots, colon, person, st.sampled_from(["/TTXVN", " - TTXVN", " (TTXVN)"]))
def test_an_agency_behind_a_photographer_did_not_send_the_text(label, sign, name, agency):
    credits = read_labelled(f"{label}{sign}{name}{agency}")

    assert (credits.photographers, credits.organisation) == ([name], "")


@given(st.sampled_from(["CTV", "PV", "Phóng viên", "Cộng tác viên"]), person)
def test_a_task_is_no_part_of_a_name(task, name):
    assert read_bare(f"{task} {name}").authors == [name]


@given(person, st.sampled_from(["tổng hợp", "thực hiện", "CTV", "st"]))
def test_a_task_in_brackets_is_no_organisation(name, task):
    credits = read_bare(f"{name} ({task})")

    assert (credits.authors, credits.organisation) == ([name], "")


@pytest.mark.parametrize("line", ["PV", "NHÓM PV", "Nhóm phóng viên", "CTV"])
def test_a_task_without_a_name_is_kept_as_printed_and_doubted(line):
    credits = read_bare(line)

    assert credits.authors == [line]
    assert "vai trò" in credits.notes[0]


@pytest.mark.parametrize(
    ("line", "source"),
    [
        ("Nguồn: Hội Nông dân xã", "Hội Nông dân xã"),
        ("NGUỒN: CÔNG ĐOÀN XÃ", "CÔNG ĐOÀN XÃ"),
        ("Nguồn tin: mattran.example.vn", "mattran.example.vn"),
        ("Theo Báo Sơn La", "Báo Sơn La"),
        ("TheoBáo Sơn La", "Báo Sơn La"),
        ("(Theo Dân Trí)", "Dân Trí"),
        ("Theo baotinh online", "baotinh online"),
    ],
)
def test_where_it_was_taken_from(line, source):
    credits = read_labelled(line) or read_bare(line)

    assert (credits.source, credits.authors, credits.organisation) == (source, [], "")


@pytest.mark.parametrize(
    "line",
    [
        "Theo ông Nguyễn Văn A, kết quả ấy là đáng mừng",
        "Theo kế hoạch, tháng sau sẽ làm tiếp",
        "Theo đó, xã có ba việc",
        "Toàn cảnh hội nghị",
        "Các đại biểu chụp ảnh lưu niệm",
        "Đồng chí Nguyễn Văn Bình phát biểu",
        "Ông Trần Văn Bảy",
        "Ninh Bình",
        "Hồ Chí Minh",
        "Phim hay",
        "Trang Chủ",
        "Tin Tức",
        "Trưởng Ban: Tạ Đức Toàn",
        "Địa chỉ: 12 đường Hòa Bình",
        "Ban Dân vận Huyện ủy đã tổ chức hội nghị",
        "Khối Mặt trận 13 xã, thị trấn sơ kết công tác",
        "Hội nghị bầu 9 đồng chí vào Ban Chấp hành.",
        "Ảnh: Internet",
        "Ảnh: Tư liệu",
        "",
    ],
)
def test_what_is_no_byline_is_not_guessed_at(line):
    assert not read_labelled(line)
    assert not read_bare(line)


@pytest.mark.parametrize(
    "line", ["Tác giả: admin", "Tác giả: btv01", "Đăng bởi: Lan Anh", "Người đăng: ubnd_xa"]
)
def test_an_account_is_never_an_author(line):
    credits = read_labelled(line)

    assert credits.is_account
    assert (credits.authors, credits.photographers) == ([], [])


@given(person)
def test_names_are_told_from_organisations(name):
    assert is_person(name)
    assert not is_organisation(name)
    assert not is_account(name)


@given(organisation)
def test_organisations_are_told_from_names(office):
    assert is_organisation(office)
    assert not is_person(office)


@given(st.text(max_size=120))
def test_any_line_can_be_asked(line):
    read_labelled(line)
    read_bare(line)
