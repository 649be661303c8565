"""A page as readers of the website meet it: sections, in them blocks, and behind each vote what waits for it."""

import re
import unicodedata
from dataclasses import dataclass, field
from html import unescape

from nbconvert.filters.highlight import Highlight2HTML
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

from dropout_lib.course import pages
from web.recorder import MIME

EXPLORER = re.compile(r"explorers\.\w+\(.*\)")
HEADING = re.compile(r"(#{1,3}) (.*)\n*")
_highlight = Highlight2HTML(pygments_lexer="python")


@dataclass
class Block:
    """One cell as it is shown: `kind` chooses how, `body` is HTML or what a picture or explorer handed over."""

    kind: str
    body: object = ""
    name: str = ""
    outputs: list = field(default_factory=list)


@dataclass
class Run:
    """Blocks of a section that stand together: in class or at home, waiting for a vote or not."""

    home: bool
    vote: int  # the number of the vote that it waits for, or 0
    blocks: list = field(default_factory=list)


@dataclass
class Section:
    """A heading of the second level, and the runs of blocks below it."""

    title: str
    name: str
    home: bool
    runs: list = field(default_factory=list)
    text: list = field(default_factory=list)  # what search finds: nothing that waits


def markdown(source):
    """Give the HTML of Markdown, links to pages made links to the site's."""
    renderer = IPythonRenderer(escape=False, exclude_anchor_links=True)
    html = MarkdownWithMath(renderer=renderer).render(source)
    html = re.sub(r'href="([0-9]{2}_\w+)\.ipynb', r'href="\1.html', html)
    return scrollable(html)


def inline(source):
    """Give the HTML of one line of Markdown."""
    return re.sub(r"^<p>|</p>$", "", markdown(source).strip())


def plain(html):
    """Give the words of HTML alone."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())


def scrollable(html):
    """Let code and tables that may be wider than a phone scroll by themselves, with the keys too."""
    html = re.sub(r"(<table\b.*?</table>)", r'<div class="wide-content" tabindex="0">\1</div>', html, flags=re.DOTALL)
    return html.replace("<pre>", '<pre tabindex="0">')


class Names:
    """Gives each heading of a page an id of its own."""

    def __init__(self):
        self.given = {}

    def new(self, title):
        """Make an id from a title: its letters and digits, and a number if it was there before."""
        letters = unicodedata.normalize("NFKD", title.lower())
        name = re.sub(r"[^\w]+", "-", letters).strip("-") or "section"
        self.given[name] = self.given.get(name, 0) + 1
        return name if self.given[name] == 1 else f"{name}-{self.given[name]}"


def sections(stored, executed):
    """Divide a page into its sections. The drawings come from the `executed` page, all else is as stored."""
    names, found, votes, vote = Names(), [], 0, 0
    for cell, live in zip(stored.cells, executed.cells, strict=True):
        role, home = pages.role(cell), pages.is_home(cell)
        heading = HEADING.match(cell.source) if cell.cell_type == "markdown" else None
        begins = bool(heading) and len(heading[1]) < 3
        if begins:
            found.append(Section(inline(heading[2]), names.new(plain(inline(heading[2]))), home))
        if role == "predict" or begins:
            vote = 0  # a vote is closed by the next section or the next vote
        section = found[-1]
        blocks = list(_blocks(cell, live, heading, names))
        waits = votes if "folded" in cell.metadata.tags else vote  # farther down, and it would still answer
        if not section.runs or (section.runs[-1].home, section.runs[-1].vote) != (home, waits):
            section.runs.append(Run(home, waits))
        # What explains an outcome waits with it, and not twice; below a solution it is no secret any more.
        if role == "text" and (waits or any(block.kind == "solution" for run in section.runs for block in run.blocks)):
            for block in blocks:
                block.body = block.body.replace("<details>", "<details open>")
        section.runs[-1].blocks += blocks
        if role == "predict":
            votes = vote = votes + 1
            # Of the choices with one name, one is open at a time.
            blocks[-1].body = blocks[-1].body.replace("<details>", f'<details name="vote-{vote}">')
        elif not waits and cell.cell_type == "markdown" and role not in ("title", "solution"):
            section.text.append(plain(markdown(HEADING.sub("", cell.source, count=1))))
    return found


def _blocks(cell, live, heading, names):
    role, source = pages.role(cell), cell.source
    if heading:
        source = source[heading.end() :]
        if len(heading[1]) == 3:
            yield Block("heading", inline(heading[2]), names.new(plain(inline(heading[2]))))
    if cell.cell_type == "markdown":
        if source.strip():
            yield Block(role, markdown(source))
        return
    if role == "check":
        yield Block("check")
        return
    if EXPLORER.fullmatch(source):  # here it has moved already: the call says nothing
        source = ""
    shown = [
        block
        for given, drawn in zip(pages.shown(cell), pages.shown(live), strict=True)
        for block in _output(given, drawn)
    ]
    yield Block(role, scrollable(_highlight(source)) if source else "", outputs=shown)


def _output(given, drawn):
    if given.output_type == "stream":
        yield Block("stream", given.text)
        return
    data = drawn.get("data", {})
    if MIME in data:
        if given["data"]["text/plain"] != data["text/plain"]:
            raise ValueError(f"Drawn: {data['text/plain']!r}. Stored: {given['data']['text/plain']!r}. Run make pages.")
        yield Block("moving" if "states" in data[MIME] else "drawn", data[MIME])
    elif "text/html" in given["data"]:
        yield Block("html", scrollable(given["data"]["text/html"]))
    else:
        yield Block("stream", given["data"]["text/plain"])
