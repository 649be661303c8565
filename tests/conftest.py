"""How two processes share the tests: a file stays together, but what runs or opens a page goes by page."""

import pytest

# In seconds, from the end of make test; what is not here is short. The long ones begin, so that none is waited for.
LONG = {
    "test_votes.py": 400,  # slow tests alone
    "test_browser.py": 100,
    "test_installed.py": 90,
    "test_checks.py": 60,
    "test_nbval.py": 20,
    "test_figures.py": 10,
}
BY_TEST = ("test_nbval.py::test_the_page_gives", "test_pages.py::test_solved_in_a_kernel")


def _file(nodeid):
    return nodeid.partition("::")[0].rpartition("/")[2]


def pytest_collection_modifyitems(items):
    items.sort(key=lambda item: -LONG.get(_file(item.nodeid), 0))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    from xdist.scheduler import LoadScopeScheduling  # noqa: PLC0415 - make test-frameworks has no xdist

    class ByFileOrPage(LoadScopeScheduling):
        def _split_scope(self, nodeid):
            return nodeid if any(part in nodeid for part in BY_TEST) else _file(nodeid)

    return ByFileOrPage(config, log)


@pytest.fixture(scope="session")
def browser():
    """Give the one headless browser of a process: a second one cannot be started beside it."""
    from helpers import lab  # noqa: PLC0415 - most tests need no browser

    with lab.browser() as started:
        yield started
