"""What every page of the desk has in common: its navigation, which keeps the choice, and its frame."""

from django.shortcuts import render
from django.urls import reverse

from .access import committee_for

# (name of the address, words in the navigation); the choice of reports goes along from page to page.
PAGES = (
    ("desk:table", "Số liệu"),
    ("desk:list", "Danh sách"),
    ("desk:digests", "Điểm tin"),
)


def desk_render(request, template, context, *, here, selection=None, status=200):
    """A page of the desk. `here` is the name of its address, `selection` what it chose from."""
    query = selection.whole.filters.query() if selection else ""
    nav = [
        {
            "label": label,
            "url": reverse(name) + (f"?{query}" if query else ""),
            "here": name == here,
        }
        for name, label in PAGES
    ]
    frame = {
        "desk_nav": nav,
        "committee": committee_for(request.user, request.GET.get("ban", "")),
        "selection": selection,
        "filters": selection.filters if selection else None,
    }
    return render(request, template, frame | context, status=status)
