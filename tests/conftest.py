"""How processes share the tests: a file stays together, but what runs or opens a page goes by page."""

import re

import pytest

# In seconds, from the end of make test and make test-rest; what is not here is short. The long ones begin, so that none
# is waited for.
LONG = {
    "test_installed.py": 700,
    "test_browser.py": 400,
    "test_site.py": 300,
    "test_votes.py": 170,
    "test_checks.py": 150,
    "test_nbgrader.py": 90,
    "test_marks.py": 80,
    "test_jupyterhub.py": 70,
    "test_nbval.py": 50,
    "test_figures.py": 10,
}
# The page that make test opens in the browser stays with the rest of its file: one JupyterLab serves both.
BY_PAGE = re.compile(r"(test_nbval.py::test_the_page_gives|test_browser.py::TestPage::(?!.*\[02_)).*(\[.*\])")


def _file(nodeid):
    return nodeid.partition("::")[0].rpartition("/")[2]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: -LONG.get(_file(item.nodeid), 0))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - make test-frameworks has no xdist

    class ByFileOrPage(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            page = BY_PAGE.search(nodeid)
            return "".join(page.groups()) if page else _file(nodeid)

    return ByFileOrPage(config, log)


@pytest.fixture(scope="session")
def browser():
    """Give the one headless browser of a process: a second one cannot be started beside it."""
    from helpers import lab  # noqa: PLC0415 - most tests need no browser

    with lab.browser() as started:
        yield started
