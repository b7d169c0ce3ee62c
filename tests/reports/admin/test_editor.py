"""The editor behind one setting, and the headers that hold it."""

import pytest
from django.conf import settings as site_settings
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.utils import get_files, matches_patterns

from portal.apps import StaticFilesConfig
from reports.models import Report
from tests.factories import ReportFactory
from tests.reports.admin.pages import ADD

pytestmark = pytest.mark.django_db


def policy(response):
    """{directive: its sources} of the answer's Content-Security-Policy."""
    header = response.headers["Content-Security-Policy"]
    return {
        directive.split()[0]: directive.split()[1:]
        for directive in map(str.strip, header.split(";"))
        if directive
    }


def test_only_the_pages_with_the_editor_allow_inline_scripts(editor, unit):
    report = ReportFactory(unit=unit)
    public = ReportFactory(unit=unit, published=True)
    with_editor = (ADD, f"/quan-tri/reports/report/{report.pk}/change/")
    without = (
        "/quan-tri/",
        "/quan-tri/reports/report/",
        f"/quan-tri/reports/report/{report.pk}/history/",
        f"/quan-tri/reports/report/{report.pk}/xem-truoc/",
        f"/quan-tri/reports/report/{report.pk}/delete/",
        "/quan-tri/reports/event/add/",
        public.get_absolute_url(),
    )

    for address in with_editor:
        sources = policy(editor.get(address))
        assert sources["script-src"] == ["'self'", "'unsafe-inline'"], address
        assert sources["style-src"] == ["'self'", "'unsafe-inline'"], address
        assert sources["default-src"] == ["'self'"], address
    for address in without:
        sources = policy(editor.get(address))
        assert sources["default-src"] == ["'self'"], address
        assert "unsafe" not in str(sources), address


def test_nothing_of_the_back_office_stays_in_a_cache(editor, unit):
    report = ReportFactory(unit=unit)

    for address in ("/quan-tri/", ADD, f"/quan-tri/reports/report/{report.pk}/xem-truoc/"):
        assert editor.get(address).headers["Cache-Control"] == "no-store, private", address


def test_no_page_of_the_back_office_loads_anything_from_elsewhere(editor, unit):
    report = ReportFactory(unit=unit)

    for address in ("/quan-tri/", ADD, f"/quan-tri/reports/report/{report.pk}/change/"):
        page = editor.get(address).content.decode()
        for attribute in ('src="http', "src='http", 'src="//', '<link rel="stylesheet" href="http'):
            assert attribute not in page, address


def test_the_editor_is_configured_as_the_decision_says(editor):
    config = site_settings.CKEDITOR_CONFIGS["default"]

    assert config["versionCheck"] is False
    assert (config["language"], config["entities"], config["fullPage"]) == ("vi", False, False)
    removed = set(config["removePlugins"].split(","))
    assert {"exportpdf", "scayt", "iframe", "forms", "sourcearea", "templates"} <= removed
    assert "ckeditor_uploader" not in site_settings.INSTALLED_APPS
    assert "/quan-tri/anh-noi-dung/" in editor.get(ADD).content.decode()


def test_another_editor_takes_over_by_one_setting(editor, unit, form, settings):
    settings.RICH_TEXT_WIDGET = "django.forms.Textarea"

    page = editor.get(ADD).content.decode()
    assert "ckeditor" not in page
    assert '<textarea name="body"' in page
    editor.post(ADD, form(unit=unit.pk, body="<p>Chữ</p><script>alert(1)</script>", _continue="1"))

    assert Report.objects.get().body == "<p>Chữ</p>"


def collected(patterns):
    """Paths of the editor's files that collectstatic takes."""
    return {
        path
        for finder in get_finders()
        for storage in getattr(finder, "storages", {}).values()
        for path in get_files(storage, patterns)
        if path.startswith("ckeditor/")
    }


def test_collectstatic_takes_what_the_editor_loads_and_leaves_the_rest():
    base = "ckeditor/ckeditor"
    taken = collected(StaticFilesConfig.ignore_patterns)
    everything = collected([])

    for needed in ("ckeditor.js", "lang/vi.js", "contents.css", "skins/moono-lisa/editor.css",
                   "plugins/image2/plugin.js", "plugins/image2/lang/vi.js", "plugins/icons.png",
                   "plugins/link/dialogs/link.js", "plugins/table/dialogs/table.js"):  # fmt: skip
        assert f"{base}/{needed}" in taken, needed
    for unused in ("lang/fr.js", "skins/moono/editor.css", "plugins/exportpdf/plugindefinition.js",
                   "plugins/scayt/README.md", "plugins/sourcedialog/plugin.js"):  # fmt: skip
        assert f"{base}/{unused}" in everything - taken, unused
    assert not any(matches_patterns(path, ["*/samples/*", "*/tests/*"]) for path in taken)
