"""Five pages of our own in the five forms met in the wild: other words, the same furniture.

Each has what the page says (`says`) and what must not survive (`rubbish`).
"""

from dataclasses import dataclass, field


@dataclass
class Page:
    name: str
    text: str
    unit: str
    title: str
    authors: list
    photographers: list = field(default_factory=list)
    organisation: str = ""
    published_at: str = ""
    views: int | None = None
    category: str = ""
    kind: str = ""
    held_on: str = ""
    period: str = ""
    captions: list = field(default_factory=list)
    unit_that_day: str = ""
    rubbish: tuple = ()


PAGES = [
    Page(
        name="skip link, organisation in brackets, photographer apart",
        text="""Skip to main content

Thới Sơn sơ kết công tác Dân vận 6 tháng đầu năm 2024

     Vừa qua, Khối Dân vận phường Thới Sơn tổ chức hội nghị sơ kết công tác Dân vận 6 tháng đầu năm 2024. Các khóm kể lại chuyện dời hàng rào và thắp đèn hẻm.

    Sáu tháng qua, tổ dân vận các khóm đã đến từng nhà ở thị xã Tịnh Biên để nghe bà con nói trước, rồi mới bàn.

                                                      Ngọc Lan (Trung tâm VH – TT – TT)

Ảnh: Minh Tâm""",
        unit="t3-30517",
        unit_that_day="Phường Thới Sơn",
        title="Thới Sơn sơ kết công tác Dân vận 6 tháng đầu năm 2024",
        authors=["Ngọc Lan"],
        photographers=["Minh Tâm"],
        organisation="Trung tâm VH – TT – TT",
        kind="so-ket",
        period="2024-H1",
        rubbish=("Skip to main content",),
    ),
    Page(
        name="year only in the title, caption in the text, footer menu",
        text="""Hội nghị sơ kết công tác Dân vận 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2021

Chiều 2/7, tại nhà văn hóa thành phố, Thành ủy đã tổ chức hội nghị sơ kết công tác Dân vận 6 tháng đầu năm 2021.

Đồng chí Lê Thị Hạnh, Phó Bí thư Thường trực Thành ủy chủ trì hội nghị.

Toàn cảnh hội nghị

Các phường báo cáo cách vận động tiểu thương dời sạp trước mùa mưa; toàn thành phố trao 1.240 suất quà.

                                                                                 Hải Yến





Ninh Bình
Phim hay
Du lịch""",
        unit="t3-369",
        unit_that_day="Thành phố Ninh Bình",
        title="Hội nghị sơ kết công tác Dân vận 6 tháng đầu năm, triển khai nhiệm vụ 6 tháng cuối năm 2021",
        authors=["Hải Yến"],
        kind="so-ket",
        held_on="2021-07-02",
        period="2021-H1",
        captions=["Toàn cảnh hội nghị"],
        rubbish=("Phim hay", "Du lịch"),
    ),
    Page(
        name="section above the title, moment below it, pager at the end",
        text="""Hoạt động Đảng - Đoàn thể

Hội nghị trực tuyến triển khai công tác dân vận năm 2020

01:53 11/01/2020

Ngày 10/1/2020, tỉnh tổ chức hội nghị trực tuyến triển khai công tác dân vận năm 2020. Tại điểm cầu huyện Thoại Sơn có bà Lê Thị Hạnh _ Phó Bí thư Huyện ủy Thoại Sơn.
Responsive image

Các ấp kể chuyện đổi giờ họp theo mùa vụ để nhà nào cũng có người tới.

Thúy Vân

các tin khác
  • <<
  • <
  • 1
  • >
  • >>""",
        unit="t3-894",
        unit_that_day="Huyện Thoại Sơn",
        title="Hội nghị trực tuyến triển khai công tác dân vận năm 2020",
        authors=["Thúy Vân"],
        published_at="2020-01-11T01:53",
        category="Hoạt động Đảng - Đoàn thể",
        kind="trien-khai",
        held_on="2020-01-10",
        period="2020",
        rubbish=("Responsive image", "các tin khác", "<<"),
    ),
    Page(
        name="title twice, furniture between, writer and photographer on one line",
        text="""Xuất bản thông tin

null Tiếp và làm việc với Tổ khảo sát về kết quả 01 năm thực hiện Nghị quyết 05

Chi tiết bài viết Tin tức

Tiếp và làm việc với Tổ khảo sát về kết quả 01 năm thực hiện Nghị quyết 05

Ngày 19/8/2022, Ban Thường vụ Huyện ủy Tháp Mười có buổi làm việc với Tổ khảo sát về kết quả 01 năm thực hiện Nghị quyết 05.

Huyện Tháp Mười nêu ba việc đã làm xong và hai việc còn vướng ở cơ sở./.

BT: Thu Hà – Hình: Văn Chiến""",
        unit="t3-872",
        unit_that_day="Huyện Tháp Mười",
        title="Tiếp và làm việc với Tổ khảo sát về kết quả 01 năm thực hiện Nghị quyết 05",
        authors=["Thu Hà"],
        photographers=["Văn Chiến"],
        category="Tin tức",
        kind="giam-sat",
        held_on="2022-08-19",
        rubbish=("Xuất bản thông tin", "null ", "Chi tiết bài viết"),
    ),
    Page(
        name="moment and views on one line, organisation after a dash",
        text="""Truy cập nội dung luôn

Thường trực Thị ủy trực báo với Ủy ban MTTQ và các đoàn thể thị xã

27/12/2023 09:14    98

Chiều ngày 26/12/2023, đồng chí Trần Văn Đông – Phó Bí thư Thường trực Thị ủy chủ trì hội nghị trực báo với Ủy ban MTTQ Việt Nam thị xã để nghe báo cáo kết quả hoạt động năm 2023.

Năm 2023, các đoàn thể thị xã Đức Phổ giữ nếp họp dân ngoài giờ và ghi sổ từng kiến nghị./.

Thúy Yến – Trung tâm TT-VH-TT thị xã Đức Phổ""",
        unit="t3-534",
        unit_that_day="Thị xã Đức Phổ",
        title="Thường trực Thị ủy trực báo với Ủy ban MTTQ và các đoàn thể thị xã",
        authors=["Thúy Yến"],
        organisation="Trung tâm TT-VH-TT thị xã Đức Phổ",
        published_at="2023-12-27T09:14",
        views=98,
        kind="giao-ban",
        held_on="2023-12-26",
        period="2023",
        rubbish=("Truy cập nội dung luôn",),
    ),
]
