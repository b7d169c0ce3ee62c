"""What a clipboard holds when people copy a text from the programs they use; the texts are ours."""

TITLE = "Ấp Mỹ An làm xong đường hoa"
LEAD = "Sáng 3/4/2026, Chi hội Phụ nữ ấp Mỹ An trồng xong con đường hoa dài 2 km dọc bờ kênh."
DONE = "Chị em chia nhau tưới mỗi chiều, nhà nào bận thì hàng xóm tưới giúp, không ai phải nhắc ai."
LAST = "Tháng sau, ấp Mỹ Hòa bên kia kênh sẽ làm tiếp đoạn của mình, cùng một giống hoa mười giờ."
PIXEL = (
    "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGP4z8AARAwQCgAf7gP9i18U1AAAAA"
    "BJRU5ErkJggg=="
)

WORD = f"""<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"><head><meta name=Generator content="Microsoft Word 15">
<style>p.MsoNormal {{font-size:14.0pt;font-family:"Times New Roman"}}</style>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]--></head>
<body lang=VI style='tab-interval:.5in'><!--StartFragment-->
<p class=MsoNormal align=center style='text-align:center'><b><span lang=VI style='font-size:16.0pt;
color:red'>{TITLE}<o:p></o:p></span></b></p>
<p class=MsoNormal><span style='font-family:"Times New Roman",serif'>{LEAD}<o:p></o:p></span></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoNormal><span style='mso-spacerun:yes'> </span><b>Chị em</b> {DONE.removeprefix("Chị em ")}<o:p></o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Hoa
mười giờ</p>
<p class=MsoListParagraphCxSpLast style='text-indent:-.25in;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol;mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]>Hoa
sao nhái</p>
<p class=MsoNormal><!--[if gte vml 1]><v:shape><v:imagedata src="file:///C:/Temp/clip_image001.jpg"/></v:shape><![endif]--><![if !vml]><img
width=400 height=300 src="file:///C:/Temp/msohtmlclip1/01/clip_image002.jpg" v:shapes="Picture_x0020_1"><![endif]></p>
<p class=MsoNormal>{LAST}<o:p></o:p></p>
<p class=MsoNormal align=right style='text-align:right'><b><i>Tin: Như Ý</i></b></p>
<!--EndFragment--></body></html>"""

_SPAN = (
    'style="font-size:11pt;font-family:Arial;color:#000000;background-color:transparent;font-weight:400;'
    'font-style:normal;text-decoration:none;vertical-align:baseline;white-space:pre-wrap;"'
)
_P = '<p dir="ltr" style="line-height:1.38;margin-top:0pt;margin-bottom:0pt;">'
GOOGLE_DOCS = f"""<meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-7f1a">
{_P}<span {_SPAN.replace("400", "700")}>{TITLE}</span></p><br />
{_P}<span {_SPAN}>{LEAD}</span></p>
{_P}<span {_SPAN.replace("400", "700")}>Chị em</span><span {_SPAN}> {DONE.removeprefix("Chị em ")}</span></p>
<ul style="margin-top:0;margin-bottom:0;"><li dir="ltr" style="list-style-type:disc;" aria-level="1"><p dir="ltr"
role="presentation"><span {_SPAN}>Hoa mười giờ</span></p></li><li dir="ltr" aria-level="1"><p dir="ltr"
role="presentation"><span {_SPAN.replace("font-style:normal", "font-style:italic")}>Hoa sao nhái</span></p></li></ul>
<div dir="ltr" align="left"><table style="border:none;border-collapse:collapse;"><colgroup><col width="300" />
<col width="300" /></colgroup><tbody><tr style="height:0pt"><td style="border-left:solid #000000 1pt;"><p
dir="ltr"><span {_SPAN}>Hộ</span></p></td><td><p dir="ltr"><span {_SPAN}>Mét</span></p></td></tr><tr><td><p
dir="ltr"><span {_SPAN}>12</span></p></td><td><p dir="ltr"><span {_SPAN}>340</span></p></td></tr></tbody></table></div>
{_P}<span {_SPAN}><span style="border:none;display:inline-block;overflow:hidden;width:602px;height:401px;"><img
src="https://lh7-us.example.com/docsz/AD_4nXc" width="602" height="401" style="margin-left:0px;" /></span></span></p>
{_P}<span {_SPAN}>{LAST}</span></p>{_P}<span {_SPAN}>Tin: Như Ý</span></p></b>"""

ZALO = f"""[07:42, 04/04/2026] Như Ý: {TITLE.upper()}
{LEAD}
🌸 Hoa mười giờ: 1.200 gốc
🌸 Hoa sao nhái: 300 gốc
[Hình ảnh]
{DONE}
[Hình ảnh]
{LAST}
Tin, ảnh: Như Ý"""

MAIL = f"""<div dir="ltr"><div>Kính gửi ban biên tập,</div><div><br></div><div><b>{TITLE}</b></div><div><br></div>
<div>{LEAD}</div><div><br></div><div>{DONE}</div><div><img src="cid:ii_lx8f2k0" alt="IMG_2026.jpg" width="542"></div>
<div><i>Chị em tưới hoa buổi chiều</i></div><div>{LAST}</div><div><br></div><div>Tin, ảnh: Như Ý</div>
<img src="https://thu.example.com/mo.gif" width="1" height="1"></div>"""

EXCEL = f"""<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta name=ProgId content=Excel.Sheet>
<style>.xl65 {{color:red;font-size:12.0pt}}</style></head><body link="#0563C1">
<p>{TITLE}</p><p>{LEAD}</p><p>{DONE}</p>
<table border=0 cellpadding=0 cellspacing=0 width=192 style='border-collapse:collapse'><col width=64 span=3>
<tr height=20><td class=xl65 height=20 width=64>TT</td><td class=xl65>Ấp</td><td class=xl65 align=right>Mét</td></tr>
<tr height=20><td>1</td><td>Mỹ An</td><td x:num style='color:red;font-weight:700'>2.000</td></tr>
<tr height=20><td></td><td></td><td></td></tr></table><p>{LAST}</p></body></html>"""
