"""The way into Google Colab."""

import re
from pathlib import Path

import pytest

from dropout_lib.course import colab, pages

PAGES = pages.paths(Path(__file__).parent.parent / "notebooks")


def test_the_way_into_colab_links_every_page():
    (cell,) = colab.opening("owner/name", PAGES).cells
    assert "%pip install -q git+https://github.com/owner/name\n" in cell.source
    assert re.findall(r"/github/owner/name/blob/main/notebooks/(\S+)\)", cell.source) == [path.name for path in PAGES]
    with pytest.raises(ValueError, match="named as owner/name, got 'name'"):
        colab.opening("name", PAGES)
