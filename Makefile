# make lab opens the course; make test proves it, in five minutes on two cores; make test-all proves the rest of it too.
# Every target sets up .venv first; nothing is installed elsewhere.
PYTHON ?= python3
PAGES ?= $(sort $(wildcard notebooks/[0-9][0-9]_*.ipynb))
IN_VENV = .venv/bin/python
# Two files of tests at a time, or two pages (tests/conftest.py): half the wait, and two cores are not overrun.
ORDER = --no-loadscope-reorder --durations=10

# Small matrices gain nothing from threads, and on a busy machine threads that wait for each other cost ten times the work.
export OPENBLAS_NUM_THREADS ?= 1

# Where this is set, each of the many processes of the tests would compile anew all that it imports.
unexport PYTHONDONTWRITEBYTECODE

.PHONY: help lab teach test test-rest test-frameworks test-all browser bench pages site colab picture release rivals mutants
.NOTPARALLEL:

help:
	@echo "make lab        open the course in JupyterLab, on a copy in work/ that is yours; LAB=\"--port=8899\" for its options"
	@echo "make teach      open the class edition for a projector: no sections at home, large letters, no list of files"
	@echo "make test       style, mathematics, pictures and checks are right; every page keeps the rules, gives what it"
	@echo "                stores in one strict run, and its solutions pass; one page works in a browser"
	@echo "make test-rest  the other pages work in a browser too; pages give the same from a wheel, solved with Colab's"
	@echo "                dependencies, some with the oldest; faults planted in pages are found; the website"
	@echo "make test-frameworks"
	@echo "                PyTorch, Keras and Flax agree with the library and page 10, in a .venv-frameworks of their own"
	@echo "make test-all   these three, in about half an hour"
	@echo "make mutants    which small faults planted in the library no test sees; MUTANTS=\"--sample 25 --seed 3 masks\""
	@echo "make bench      time and memory, as ratios"
	@echo "make pages      execute, clean and store the notebooks; PAGES=notebooks/01_... for some"
	@echo "make picture    draw the picture of the README, and the one that chats show beside a link to the website"
	@echo "make rivals     train what takes too long for pages 06 and 07 again, fifteen minutes, and store what came out"
	@echo "make colab      write colab.ipynb, which opens the pages in Google Colab: REPOSITORY=owner/name"
	@echo "make release    build wheel and source archive into dist/, check both, and open the course from the wheel alone"
	@echo "make site       build the website into site/, two minutes; REPOSITORY=owner/name ADDRESS=https://... for its links"

lab: .venv/lab-is-in
	$(IN_VENV) -m dropout_lib work $(LAB)

teach: .venv/lab-is-in
	$(IN_VENV) -m dropout_lib teach $(LAB)

test: browser
	$(IN_VENV) -m ruff check .
	$(IN_VENV) -m ruff format --check .
	$(IN_VENV) -m pytest -n 2 $(ORDER)

test-rest: browser
	$(IN_VENV) -m pytest -n 2 $(ORDER) -m slow

test-frameworks: .venv-frameworks/is-in
	.venv-frameworks/bin/python -m pytest -m frameworks --durations=10 tests/test_torch.py tests/test_frameworks.py

test-all: test test-frameworks test-rest

mutants: .venv/test-is-in
	$(IN_VENV) tests/mutants.py --jobs 2 $(MUTANTS)

bench: browser .venv-frameworks/is-in
	.venv-frameworks/bin/python -m benchmarks.against_torch
	PYTHONPATH=tests $(IN_VENV) -m benchmarks

pages: .venv/lab-is-in
	$(IN_VENV) -m dropout_lib.course.pages $(PAGES)

rivals: .venv/lab-is-in
	$(IN_VENV) -m experiments.gaussian_damage
	$(IN_VENV) -m experiments.rivals
	$(IN_VENV) -m experiments.averaged_masks

site: .venv/lab-is-in
	$(IN_VENV) -m web site --repository "$(REPOSITORY)" --address "$(ADDRESS)"

# The version stands in pyproject.toml; the rest of a release is held to it.
release: .venv/test-is-in
	$(IN_VENV) -m pytest -q tests/test_release.py
	rm -rf dist
	$(IN_VENV) -m build
	$(IN_VENV) -m twine check --strict dist/*
	$(IN_VENV) -m pytest -q -m slow tests/test_installed.py
	@echo "Ready in dist/. Tag it: git tag v$$($(IN_VENV) tests/test_release.py)"

colab: .venv/lab-is-in
	$(IN_VENV) -m dropout_lib.course.colab $(REPOSITORY)

picture: browser
	$(IN_VENV) -c "from dropout_lib import explorers; print(explorers.neurons().picture.still_svg())" > picture.svg
	PYTHONPATH=tests $(IN_VENV) -m web.preview

# The tests use the Chromium or Chrome that is there; only without one does Playwright fetch its own.
browser: .venv/test-is-in
	@PYTHONPATH=tests $(IN_VENV) -c "import sys; from helpers import lab; sys.exit(not lab.executable())" \
	    || $(IN_VENV) -m playwright install chromium \
	    || { echo; \
	         echo "There is no Chromium or Chrome on the PATH, and Playwright could not fetch one. Install one:"; \
	         echo "  Debian, Ubuntu: sudo apt-get install chromium    Fedora: sudo dnf install chromium"; \
	         echo "  macOS: brew install --cask chromium"; \
	         echo "Then run make again. Without a browser: .venv/bin/python -m pytest --ignore tests/test_browser.py"; \
	         exit 1; }

.venv/is-made:
	@$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11))" \
	    || { echo "The course needs Python 3.11 or newer, and $(PYTHON) is not that. Name another: make PYTHON=python3.12 $(MAKECMDGOALS)"; exit 1; }
	@$(PYTHON) -c "import ensurepip, venv" \
	    || { echo "This Python cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv"; exit 1; }
	$(PYTHON) -m venv .venv
	@touch $@

.venv/lab-is-in: pyproject.toml | .venv/is-made
	@echo "Installing the course into .venv; the first time takes a minute or two."
	$(IN_VENV) -m pip install -qq --disable-pip-version-check --editable ".[lab]"
	@touch $@

.venv/test-is-in: pyproject.toml | .venv/is-made
	@echo "Installing the course and its tests into .venv; the first time takes a minute or two."
	$(IN_VENV) -m pip install -qq --disable-pip-version-check --editable ".[lab,test]"
	@touch .venv/lab-is-in $@

# No framework is ever needed by the course; they stand apart, so that nothing else can lean on them.
.venv-frameworks/is-in: tests/frameworks.txt | .venv/is-made
	@echo "Installing PyTorch, Keras and Flax into .venv-frameworks; the first time takes a minute or two."
	$(PYTHON) -m venv .venv-frameworks
	.venv-frameworks/bin/python -m pip install -qq --disable-pip-version-check --no-compile \
	    "numpy>=2.0" "pytest>=8.2" -r tests/frameworks.txt
	@touch $@
