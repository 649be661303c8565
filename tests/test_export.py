"""Exported pages: linked to each other, titled, whole without a network, and nothing that axe finds."""

import contextlib
import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Error

from dropout_lib.course import colab, export, pages

ROOT = Path(__file__).parent.parent
PAGES = pages.paths(ROOT / "notebooks")


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    folder = tmp_path_factory.mktemp("html")
    return {path.stem: export.export(path, folder) for path in PAGES}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_the_page_has_its_title_its_pictures_and_links_that_lead_somewhere(path, exported):
    text = exported[path.stem].read_text(encoding="utf-8")
    page = pages.read(path)
    assert f"<title>{page.cells[0].source.splitlines()[0].removeprefix('# ')}</title>" in text
    stored = [output.data["text/html"] for cell in page.cells for output in cell.get("outputs", []) if "data" in output
              and "<img" in output.data.get("text/html", "")]  # fmt: skip
    assert text.count("<img ") == len(stored) > 0
    links = re.findall(r'href="([^"#]+\.(?:html|ipynb))', text)
    assert links and all((exported[path.stem].parent / link).is_file() for link in links), links
    assert len(links) == sum(len(re.findall(r"\]\(\d\d_\w+\.ipynb", cell.source)) for cell in page.cells)


@pytest.mark.slow
def test_nobody_is_asked_for_anything_and_axe_finds_nothing(exported, browser):
    for name, path in exported.items():
        tab, asked = browser.new_page(viewport={"width": 1280, "height": 800}), []
        tab.on("request", lambda request, asked=asked: asked.append(request.url))
        tab.on("pageerror", lambda error, asked=asked: asked.append(str(error)))
        tab.goto(path.as_uri())
        found = [(one["id"], one["nodes"][0]["html"]) for one in Axe().run(tab).response["violations"]]
        assert (name, found) == (name, [])
        assert [url for url in asked if not url.startswith(("data:", path.as_uri()))] == []
        assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
        tab.close()


@pytest.mark.slow
def test_a_request_would_be_noticed(tmp_path, browser):
    (tmp_path / "page.html").write_text('<img src="http://elsewhere.invalid/x.png">', encoding="utf-8")
    tab, asked = browser.new_page(), []
    tab.on("request", lambda request: asked.append(request.url))
    with contextlib.suppress(Error):
        tab.goto((tmp_path / "page.html").as_uri())
    assert "http://elsewhere.invalid/x.png" in asked


def test_the_way_into_colab_links_every_page():
    (cell,) = colab.opening("owner/name", PAGES).cells
    assert "%pip install -q git+https://github.com/owner/name\n" in cell.source
    assert re.findall(r"/github/owner/name/blob/main/notebooks/(\S+)\)", cell.source) == [path.name for path in PAGES]
    with pytest.raises(ValueError, match="named as owner/name, got 'name'"):
        colab.opening("name", PAGES)
