"""Build the website: run the pages with the recorder, and write what readers get, into a folder of static files."""

import copy
import json
import re
import shutil
import tomllib
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from hashlib import sha256
from pathlib import Path

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from dropout_lib.course import minutes, pages
from web import reading

HERE = Path(__file__).parent
ROOT, CACHE = HERE.parent, HERE.parent / "build" / "web"
FRONT = "01"  # the page whose first explorer is on the front page too
BEGIN = "from web.recorder import record\n\nrecord()"


def executed(path):
    """Run a page with its pictures and explorers recorded; what was run once is kept until code or page change."""
    page, kept = pages.read(path), CACHE / f"{_digest(path)}.ipynb"
    if not kept.exists():
        first = nbformat.v4.new_code_cell(BEGIN, id="recorder")
        running = copy.deepcopy(page)
        running.cells.insert(0, first)
        pages.run(running, folder=ROOT)
        running.cells.pop(0)
        CACHE.mkdir(parents=True, exist_ok=True)
        for outdated in CACHE.glob(f"{Path(path).stem}-*.ipynb"):
            outdated.unlink()
        nbformat.write(pages.clean(running), kept)
    return page, pages.read(kept)


def _digest(path):
    found = _code().copy()
    found.update(Path(path).read_bytes())
    return f"{Path(path).stem}-{found.hexdigest()[:16]}"


@cache
def _code():
    """Give the digest of all that draws, which a process reads once."""
    found = sha256()
    for file in sorted([*ROOT.glob("dropout_lib/**/*.py"), *ROOT.glob("dropout_lib/**/*.jsonl"), HERE / "recorder.py"]):
        found.update(file.read_bytes())
    return found


def build(folder, *, notebooks="notebooks", language="en", repository="", address=""):
    """Write the whole site into `folder`, which is made anew; give the list of its pages.

    `repository` is owner/name on GitHub, for the links into Colab and Binder; `address` is where the site will stand,
    for links shared in chats. Raises FileExistsError where `folder` holds anything but an earlier site.
    """
    folder = _free(Path(folder))
    words = tomllib.loads((HERE / "words" / f"{language}.toml").read_text(encoding="utf-8"))
    paths = pages.paths(notebooks)
    with ThreadPoolExecutor(2) as two:
        read = list(two.map(executed, paths))
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HERE / "assets", folder)
    (folder / "data").mkdir()
    site = Site(folder, words, repository, address)
    cards = [card(path, stored, read[0][0]) for path, (stored, _) in zip(paths, read, strict=True)]
    found, front = [], None
    for place, (path, (stored, live)) in enumerate(zip(paths, read, strict=True)):
        sections = reading.sections(stored, live)
        movers = site.write_states(path.stem, sections)
        front = front or next((block for block in movers if block.name.startswith(FRONT)), None)
        found += [[place, section.name, section.title, " ".join(section.text)] for section in sections]
        previous, following = ([None, *cards, None][beside] for beside in (place, place + 2))
        site.write_page(path, sections, cards[place], previous=previous, next=following)
    site.write(
        "index.html", "index.html.j2", title=words["site"], description=words["tagline"], cards=cards, front=front
    )
    titles = [[one["file"], one["title"]] for one in cards]
    _script(folder / "data" / "search.js", "dropoutSearch", titles, found)
    return cards


def _free(folder):
    """Give the folder back if nothing is lost when it is made anew."""
    if folder.exists() and any(folder.iterdir()) and not (folder / "site.js").exists():
        raise FileExistsError(
            f"{folder} holds other files, which would be lost. Name a new folder, or an earlier site."
        )
    return folder


def card(path, page, first):
    """Give what is said of a page elsewhere: its file on the site, title, minutes in class, and question."""
    title = reading.plain(reading.inline(pages.title(page)))
    row = re.search(rf"\]\({re.escape(path.name)}\) \| (.*?) \|", first.cells[-1].source)
    opening = reading.plain(reading.markdown(page.cells[0].source.split("\n", 1)[1]))
    question = row[1] if row else opening.split(". ")[0] + "."
    return {"file": f"{path.stem}.html", "title": title, "minutes": minutes.promised(page), "question": question}


class Site:
    """Writes files of one edition: its folder, its words, and where it and its repository stand."""

    def __init__(self, folder, words, repository, address):
        self.folder, self.words, self.repository, self.address = folder, words, repository, address
        self.templates = Environment(
            loader=FileSystemLoader(HERE / "templates"), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
        )
        self.citation = _citation()

    def write_states(self, stem, sections):
        """Name the explorers of a page, and write a script of states for each width; give their blocks."""
        blocks = [block for section in sections for run in section.runs for block in run.blocks]
        movers = [output for block in blocks for output in block.outputs if output.kind == "moving"]
        for number, block in enumerate(movers, start=1):
            block.name = f"{stem}-{number}"
            states = block.body["states"]
            shared = {name: part for name, part in states.items() if name not in ("wide", "narrow")}
            for width in ("wide", "narrow"):
                target = self.folder / "data" / f"{block.name}.{width}.js"
                _script(target, "dropoutStates", block.name, width, shared | {"drawn": states[width]})
        return movers

    def write_page(self, path, sections, card, *, previous, next):  # noqa: A002 - what the links are called
        """Write one page."""
        colab = binder = ""
        if self.repository:
            colab = f"https://colab.research.google.com/github/{self.repository}/blob/main/notebooks/{path.name}"
            binder = f"https://mybinder.org/v2/gh/{self.repository}/main?urlpath=lab/tree/notebooks/{path.name}"
        self.write(
            card["file"], "page.html.j2", title=card["title"], description=card["question"], sections=sections,
            notebook=path.name, number=path.name[:2], previous=previous, next=next, colab=colab, binder=binder,
        )  # fmt: skip

    def write(self, file, template, **values):
        """Write one file by its template."""
        known = {"words": self.words, "address": self.address, "citation": self.citation, "file": file}
        known["repository"] = f"https://github.com/{self.repository}" if self.repository else "URL"
        html = self.templates.get_template(template).render(**known, **values)
        (self.folder / file).write_text(html, encoding="utf-8")


def _citation():
    """Give the citation in one line, from CITATION.cff."""
    text = (ROOT / "CITATION.cff").read_text(encoding="utf-8")
    title, version = (re.search(rf'^{key}: "?(.*?)"?$', text, re.MULTILINE)[1] for key in ("title", "version"))
    authors = re.findall(r"- name: (.*)", text)
    return f"{', '.join(authors)}. {title}. Version {version}."


def _script(target, function, *values):
    """Write data as a call: a script works from a folder too, where a page may not fetch."""
    given = ",".join(json.dumps(value, ensure_ascii=False, separators=(",", ":")) for value in values)
    target.write_text(f"{function}({given});\n", encoding="utf-8")
