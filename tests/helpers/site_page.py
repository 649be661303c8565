"""A page of the website that holds any explorers, without a notebook behind it."""

import tomllib
from pathlib import Path

from web import building, reading, recorder

WEB = Path(building.__file__).parent
WORDS = tomllib.loads((WEB / "words" / "en.toml").read_text(encoding="utf-8"))


def write_page(folder, panels):
    """Write 99.html with these panels into `folder`; their names there are 99-1, 99-2 and so on."""
    blocks = []
    for panel in panels:
        data = recorder.drawings(panel.picture) | recorder.moving(panel)
        blocks.append(reading.Block("explorer", outputs=[reading.Block("moving", data)]))
    (folder / "data").mkdir()
    for asset in (WEB / "assets").iterdir():
        (folder / asset.name).write_bytes(asset.read_bytes())
    site = building.Site(folder, WORDS, "", "")
    sections = [reading.Section("All explorers", "all", False, [reading.Run(False, 0, blocks)])]
    site.write_states("99", sections)
    card = {"file": "99.html", "title": "All explorers", "question": "Do they move?"}
    site.write_page(Path("99.ipynb"), sections, card, previous=None, next=None)
