"""Draw the picture that chats and search engines show beside a link: the README's picture under the site's name."""

import sys
import tomllib
from pathlib import Path

from helpers import lab  # the tests' own way to a browser

from dropout_lib import explorers

HERE = Path(__file__).parent
PAGE = """<body style="margin:0;width:1200px;height:630px;background:#fff;font:bold 58px sans-serif;color:#1c1c1c">
<p style="margin:32px 60px 8px">{site}</p><div style="width:940px;margin:0 60px">{svg}</div></body>"""


def draw(target):
    """Write the PNG, 1200 by 630."""
    words = tomllib.loads((HERE / "words" / "en.toml").read_text(encoding="utf-8"))
    with lab.browser() as browser:
        tab = browser.new_page(viewport={"width": 1200, "height": 630})
        tab.set_content(PAGE.format(site=words["site"], svg=explorers.neurons().picture.still_svg()))
        tab.screenshot(path=target)


if __name__ == "__main__":
    draw(sys.argv[1] if sys.argv[1:] else HERE / "assets" / "preview.png")
