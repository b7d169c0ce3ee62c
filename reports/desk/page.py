"""What every page of the desk has in common: its navigation, which keeps the choice, and its frame."""

from urllib.parse import urlencode

from django.shortcuts import render
from django.urls import NoReverseMatch, reverse

from .access import committee_for
from .panel import Panel

# (name of the address, words in the navigation); the choice of reports goes along from page to page.
PAGES = (
    ("desk:table", "Số liệu"),
    ("desk:list", "Danh sách"),
    ("desk:conferences", "Hội nghị"),
    ("desk:coverage", "Độ phủ"),
    ("desk:contributions", "Đóng góp"),
    ("desk:figures", "Số trong bài"),
    ("desk:promises", "Nhiệm vụ"),
    ("desk:digests", "Điểm tin"),
    ("desk:register", "Dân vận khéo"),
)
# What is opened now and then stands apart, at the end.
TOOLS = (
    ("desk:waiting", "Đang chờ"),
    ("desk:saved", "Bộ lọc"),
    ("desk:committee", "Mẫu báo cáo"),
)
# So many of the first stand in sight on a narrow screen, the others behind “Thêm”.
ALWAYS_IN_SIGHT = 5
# (name of the address, words on the button): what a choice of reports can be taken as.
EXPORTS = (
    ("desk:word", "Word"),
    ("desk:excel", "Excel"),
    ("desk:pdf", "PDF"),
    ("desk:print", "Soạn báo cáo"),
    ("desk:photos", "Ảnh gốc"),
    ("desk:csv", "CSV"),
    ("desk:json", "JSON"),
)


def exports_of(query):
    """[(words, address)] of the files that say what a page says."""
    found = []
    for name, label in EXPORTS:
        try:
            found.append((label, f"{reverse(name)}?{query}"))
        except NoReverseMatch:
            continue
    return found


def desk_render(request, template, context, *, here, selection=None, status=200):
    """A page of the desk. `here` is the name of its address, `selection` what it chose from."""
    # As of `selection.whole`, without reading the address once more.
    query = selection.filters.query("dong", "thang") if selection else ""
    nav = [
        {
            "is_always_in_sight": place < ALWAYS_IN_SIGHT or name == here,
            "is_tool": (name, label) in TOOLS,
            "label": label,
            "url": reverse(name) + (f"?{query}" if query else ""),
            # Comparison and timeline are further pages of the first one.
            "here": "" if name != here else "page" if request.path == reverse(name) else "true",
        }
        for place, (name, label) in enumerate((*PAGES, *TOOLS))
    ]
    committee = committee_for(request.user, request.GET.get("ban", ""))
    # What this page shows, to be kept under a name.
    asked = urlencode({"tu-trang": request.resolver_match.url_name})
    keep = f"{reverse('desk:saved-new')}?{asked}&{request.GET.urlencode()}"
    panel = Panel(selection, committee, request.path) if selection else None
    if panel and request.GET:
        panel.keep_address = keep
    frame = {
        "desk_nav": nav,
        "committee": committee,
        "panel": panel,
        "exports": exports_of(selection.filters.query()) if selection else [],
        "own_address": request.build_absolute_uri(
            f"{request.path}?{selection.filters.query()}" if selection else request.path
        ),
        "selection": selection,
        "filters": selection.filters if selection else None,
    }
    return render(request, template, frame | context, status=status)
