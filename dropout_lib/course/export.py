"""Write the pages as HTML, to be read without a kernel: linked to each other; nothing is fetched."""

import re
import sys
from pathlib import Path

from nbconvert import HTMLExporter

from dropout_lib.course import pages

NOWHERE = {"mathjax_url": "", "require_js_url": "", "mermaid_js_url": "", "jquery_url": ""}
LINK = re.compile(r'(href="[0-9]{2}_\w+)\.ipynb(["#])')
FETCHED = re.compile(r'<script src="[^"]*"></script>|<script[^>]*>(?:(?!</script>).)*https?://.*?</script>', re.DOTALL)
# Numbers and operators of code, and links, as legible as the rest.
LEGIBLE = """<style>:root { --jp-mirror-editor-number-color: #060; --jp-mirror-editor-operator-color: #7416c2;
--jp-mirror-editor-comment-color: #366; }
.jp-RenderedHTMLCommon a:any-link { text-decoration: underline; }</style></head>"""


def export(path, folder):
    """Write the page at `path` into `folder` under its own name; give the new file."""
    page = pages.read(path)
    for cell in page.cells:
        cell.outputs = pages.shown(cell)  # nothing is folded here, and nbconvert warns of an empty output
    page.metadata["title"] = page.cells[0].source.splitlines()[0].removeprefix("# ")
    exporter = HTMLExporter(exclude_input_prompt=True, exclude_output_prompt=True, **NOWHERE)
    body = LINK.sub(r"\1.html\2", exporter.from_notebook_node(page)[0])
    target = Path(folder, Path(path).stem + ".html")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(FETCHED.sub("", body).replace("</head>", LEGIBLE, 1), encoding="utf-8")
    return target


if __name__ == "__main__":
    for page_path in map(Path, sys.argv[1:] or pages.paths()):
        print(f"wrote {export(page_path, 'html')}")
