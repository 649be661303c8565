"""Write colab.ipynb: the way into the course in Google Colab, with the one line that each page needs there first."""

import sys

import nbformat

from dropout_lib.course import pages

OPENED = "https://colab.research.google.com/github/{repository}/blob/main/notebooks/{file}"
WORDS = """# Dropout, in Google Colab

Each page opens in a runtime of its own, which does not have the course yet. So put this line into a first cell of the
page, and run it:

```
%pip install -q git+https://github.com/{repository}
```

{links}"""


def opening(repository, paths):
    """Give the notebook for a repository on GitHub, named as owner/name."""
    if repository.count("/") != 1:
        raise ValueError(f"The repository is named as owner/name, got {repository!r}.")
    links = [
        f"- [{path.stem.replace('_', ' ')}]({OPENED.format(repository=repository, file=path.name)})" for path in paths
    ]
    text = WORDS.format(repository=repository, links="\n".join(links))
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text, id="links")])


if __name__ == "__main__":
    nbformat.write(opening(*sys.argv[1:2] or [""], pages.paths()), "colab.ipynb")
    print("wrote colab.ipynb")
