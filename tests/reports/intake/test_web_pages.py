"""Saved pages and pasted HTML: the text comes in, the portal around it stays outside."""

import base64
import contextlib
import io
import time
from datetime import date, datetime, timedelta, timezone

import pytest
from PIL import Image

from reports.intake.errors import UnreadableFile
from reports.intake.reader import read_article
from reports.models import EventKind

pytestmark = [pytest.mark.django_db, pytest.mark.once]

VIETNAM = timezone(timedelta(hours=7))


def jpeg():
    content = io.BytesIO()
    Image.new("RGB", (60, 40), "blue").save(content, "JPEG")
    return content.getvalue()


EMBEDDED = f"data:image/jpeg;base64,{base64.b64encode(jpeg()).decode()}"

NEWS_MODULE = f"""<!DOCTYPE html><html><head>
<title>Hội Nông dân xã Phú Lâm sơ kết 6 tháng đầu năm 2023 - Cổng thông tin xã Phú Lâm</title>
<meta property="og:title" content="Hội Nông dân xã Phú Lâm sơ kết 6 tháng đầu năm 2023">
<style>.x{{color:red}}</style><script>document.write("<h1>Không phải tít</h1>")</script></head><body>
<div id="header"><ul class="nav menu"><li><a href="/">Trang chủ</a></li><li><a href="/tin">Tin tức</a></li>
<li><a href="/gioi-thieu">Giới thiệu</a></li></ul></div>
<div class="breadcrumb"><a href="/">Trang nhất</a> » <a href="/tin">Tin tức</a></div>
<div class="row"><div class="panel"><h1>Hội Nông dân xã Phú Lâm sơ kết 6 tháng đầu năm 2023</h1>
<div><span>Thứ tư - 05/07/2023 08:30</span> <ul><li><a href="#">In</a></li><li><a href="#">Gửi email</a></li>
<li><a href="#">Lưu</a></li></ul></div>
<div class="hometext">Sáng ngày 04/7, Hội Nông dân xã Phú Lâm tổ chức hội nghị sơ kết 6 tháng đầu năm.</div>
<div class="bodytext"><p style="text-align:justify"><span style="font-size:14px">Sáu tháng qua, toàn xã kết
nạp 45 hội viên, bà con hiến 1.200 m2 đất, góp 320 triệu đồng làm đường.</span></p>
<figure><img src="{EMBEDDED}" alt="image"><figcaption>Quang cảnh hội nghị sơ kết</figcaption></figure>
<p>Hội nghị bầu bổ sung <b>02</b> đồng chí, và hẹn <a href="https://xa-ban.example.vn/x">xã bạn</a> cùng làm.</p>
<p style="display:none"><a href="https://x.example.com">cá cược</a></p></div>
<p class="text-right"><strong>Tác giả bài viết: </strong>Hồng Gấm</p></div>
<div><h3>Những tin mới hơn</h3><ul><li><a href="/1">Tập huấn trồng rau sạch cho hội viên</a> (10/07/2023)</li>
<li><a href="/2">Thăm gia đình chính sách</a></li><li><a href="/3">Ra quân làm đường</a></li></ul></div></div>
<footer>Cổng thông tin điện tử xã Phú Lâm, huyện Tiên Du, tỉnh Bắc Ninh</footer></body></html>"""

TABLES = """<html><head><title>Đoàn giám sát làm việc tại xã Vĩnh Hòa - huyện</title></head><body>
<a href="#c">Skip to Content</a><table><tr><td><table><tr><td>
<span class="header-title">Đoàn giám sát làm việc tại xã Vĩnh Hòa</span><br>
<span>22/08/2019 15:40</span>&nbsp;&nbsp;<span>Lượt xem: 77</span>
<p><strong>Sáng ngày 22/8/2019, Ủy ban Mặt trận Tổ quốc Việt Nam huyện giám sát việc thực hiện chính sách
người có công tại UBND xã Vĩnh Hòa.</strong></p>
<p>Đoàn đã nghe báo cáo, đến tận 3 thôn, và đề nghị xã trả lời bà con 4 việc còn chậm trong tháng tới.</p>
<table><tr><td><img src="/documents/12/anh.jpg"></td></tr><tr><td><em>Đoàn giám sát đến nhà bà con</em></td></tr>
</table><table border=1><tr><th>Thôn</th><th>Hộ</th></tr><tr><td>Một</td><td>12</td></tr></table>
<p align="right"><i>Văn Thắng – UBMTTQ huyện</i></p></td></tr></table></td></tr></table></body></html>"""

BLOG = """<!doctype html><html lang=vi><head><title>Phụ nữ xã Tân An làm đường hoa &#8211; Hội LHPN huyện</title>
<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle","datePublished":"2022-03-08T02:15:00Z"}]}
</script></head><body><header><nav><a href="/">Trang chủ</a></nav></header><main><article>
<header class="entry-header"><h1>Phụ nữ xã Tân An làm đường hoa</h1>
<div class="entry-meta">Đăng bởi: <a href="/author/admin">admin</a></div></header><div class="entry-content">
<p>Hưởng ứng phong trào “Mỗi phụ nữ một cây hoa”, sáng 6/3, hơn 100 hội viên phụ nữ xã Tân An ra quân trồng
2 km đường hoa.</p><div class="wp-caption"><img src="https://x.example.vn/a.jpg">
<p class="wp-caption-text">Hội viên phụ nữ trồng hoa</p></div>
<p>Chị Nguyễn Thị Mận, Chủ tịch Hội, cho biết mỗi chi hội nhận chăm sóc một đoạn đường đến hết tháng 3.</p>
<p style="text-align: right;"><strong>Bài, ảnh: Thùy Dương</strong></p></div></article>
<aside><h3>Bài mới</h3><ul><li><a href="/">A</a></li></ul></aside></main></body></html>"""


def test_a_news_module_gives_its_text_and_nothing_around_it():
    article = read_article(NEWS_MODULE)

    assert article.title == "Hội Nông dân xã Phú Lâm sơ kết 6 tháng đầu năm 2023"
    assert article.published_at == datetime(2023, 7, 5, 8, 30, tzinfo=VIETNAM)
    assert article.event.held_on == date(2023, 7, 4)
    assert article.period == "2023-H1"
    assert (article.authors, article.captions) == (["Hồng Gấm"], ["Quang cảnh hội nghị sơ kết"])
    assert [(p.content, p.caption) for p in article.pictures] == [
        (jpeg(), "Quang cảnh hội nghị sơ kết")
    ]
    assert article.lead == (
        "Sáng ngày 04/7, Hội Nông dân xã Phú Lâm tổ chức hội nghị sơ kết 6 tháng đầu năm."
    )
    assert article.body_html == (
        "<p>Sáu tháng qua, toàn xã kết nạp 45 hội viên, bà con hiến 1.200 m2 đất, góp 320 triệu đồng "
        "làm đường.</p>\n<p>Hội nghị bầu bổ sung <strong>02</strong> đồng chí, và hẹn "
        '<a href="https://xa-ban.example.vn/x" rel="nofollow noopener">xã bạn</a> cùng làm.</p>'
    )
    assert {removed.rule for removed in article.removed} == {"trình đơn"}


def test_tables_that_only_frame_are_opened_and_those_with_data_stay():
    article = read_article(TABLES)

    assert article.title == "Đoàn giám sát làm việc tại xã Vĩnh Hòa"
    assert article.published_at == datetime(2019, 8, 22, 15, 40, tzinfo=VIETNAM)
    assert article.views == 77
    assert article.event.kind == EventKind.SURVEY
    assert (article.authors, article.organisation) == (["Văn Thắng"], "UBMTTQ huyện")
    assert article.captions == ["Đoàn giám sát đến nhà bà con"]
    assert article.body_html == (
        "<p>Đoàn đã nghe báo cáo, đến tận 3 thôn, và đề nghị xã trả lời bà con 4 việc còn chậm trong "
        "tháng tới.</p>\n<table><tbody><tr><th>Thôn</th><th>Hộ</th></tr><tr><td>Một</td><td>12</td></tr>"
        "</tbody></table>"
    )
    assert any("hãy tải ảnh lên" in warning for warning in article.warnings)


def test_what_a_page_says_only_to_machines_is_taken_where_its_text_is_silent():
    article = read_article(BLOG)

    assert article.published_at == datetime(2022, 3, 8, 9, 15, tzinfo=VIETNAM)
    assert article.evidence["published_at"].startswith("dữ liệu kèm trang")
    assert article.authors == article.photographers == ["Thùy Dương"]
    assert article.captions == ["Hội viên phụ nữ trồng hoa"]
    assert article.event.held_on == date(2022, 3, 6)


def test_the_stamp_on_the_page_wins_over_the_one_for_machines():
    page = NEWS_MODULE.replace(
        "<meta ", '<meta property="article:published_time" content="2029-01-01T00:00:00Z"><meta ', 1
    )

    assert read_article(page).published_at == datetime(2023, 7, 5, 8, 30, tzinfo=VIETNAM)


def test_a_paste_from_word_keeps_its_lists():
    article = read_article(
        '<p class="MsoNormal" align="center"><b>HỘI NGHỊ ĐỐI THOẠI VỚI THANH NIÊN NĂM 2024<o:p></o:p></b></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p><p class="MsoNormal" style="text-align:justify">'
        "Sáng 25/3/2024, tại Hội trường UBND xã, xã Hòa Thuận tổ chức đối thoại với thanh niên.<o:p></o:p></p>"
        '<p class="MsoNormal">Các bạn hỏi nhiều nhất về:</p>'
        '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1"><![if !supportLists]>'
        '<span style="mso-list:Ignore">-<span>&nbsp; </span></span><![endif]>Việc làm;</p>'
        '<p class="MsoListParagraph" style="mso-list:l0 level1 lfo1">'
        '<span style="mso-list:Ignore">-</span>Vay vốn.</p>'
        '<p class="MsoNormal" align="right"><i>Tin, ảnh: Quốc Bảo</i></p>'
    )

    assert article.title == "HỘI NGHỊ ĐỐI THOẠI VỚI THANH NIÊN NĂM 2024"
    assert article.event.kind == EventKind.DIALOGUE
    assert article.event.venue == "Hội trường UBND xã"
    assert article.body_html == (
        "<p>Các bạn hỏi nhiều nhất về:</p>\n<ul><li>Việc làm;</li><li>Vay vốn.</li></ul>"
    )
    assert article.authors == article.photographers == ["Quốc Bảo"]


def test_scripts_in_a_paste_are_harmless():
    article = read_article(
        "<h1>Xã Tân Lập đối thoại với thanh niên</h1><script>alert(1)</script>"
        "<p onclick=alert(1)>Sáng 2/7/2024, xã Tân Lập đối thoại với <img src=x onerror=alert(1)>60 bạn.</p>"
        '<p>Các bạn hỏi về <a href="javascript:alert(1)">việc làm</a>.<svg onload=alert(1)></p>'
    )

    assert article.title == "Xã Tân Lập đối thoại với thanh niên"
    assert article.lead == "Sáng 2/7/2024, xã Tân Lập đối thoại với 60 bạn."
    assert article.body_html == "<p>Các bạn hỏi về việc làm.</p>"


HUGE = {
    "5 MB of paragraphs": "<html><body>" + "<p>Sáng 2/7 hội nghị diễn ra tốt đẹp.</p>" * 120_000,
    "5 MB of open tags": "<html><body>" + "<a " * 1_700_000,
    "tangled": "<html><body>" + "<div>" * 300 + "x",
    "too many tags": "<html><body>" + "<b>x</b>" * 60_000,
    "a text without end": "Sáng 2/7 hội nghị. " * 60_000,
}


@pytest.mark.parametrize("page", HUGE.values(), ids=HUGE)
def test_too_large_a_page_is_refused_at_once(page):
    started = time.process_time()

    with pytest.raises(UnreadableFile, match=r"^Không đọc được .*Hãy "):
        read_article(page)

    assert time.process_time() - started < 2


def test_five_megabytes_of_script_and_pictures_are_no_reason_to_refuse():
    page = NEWS_MODULE.replace("<style>", f"<script>{'x' * 5_000_000}</script><style>", 1)

    assert read_article(page).authors == ["Hồng Gấm"]


BUSY = {
    "credits": "Ảnh: " * 40_000,
    "names": "Nguyễn Văn An\n" * 15_000,
    "numbers": "100% " * 40_000,
    "stops": ". A" * 80_000,
    "brackets": "(" * 90_000,
    "meetings": "hội nghị tổng kết và lễ phát động, " * 6_000,
    "chairs": "ông Nguyễn Văn An, " * 9_000 + "chủ trì hội nghị",
    "places": "Xã " * 60_000,
    "shortcodes": "[caption " * 20_000,
    "days": "ngày 1/" * 30_000,
}


@pytest.mark.parametrize("text", BUSY.values(), ids=BUSY)
def test_no_text_keeps_the_reader_busy(text):
    # A guard against quadratic time: those took minutes.
    started = time.process_time()
    with contextlib.suppress(UnreadableFile):
        read_article(text)

    assert time.process_time() - started < 10
