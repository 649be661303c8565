"""What page 11 measures over seeds, with its own seeds 0 to 9 and again with 100 to 109.

`python -m experiments.today` prints it; nothing is stored. The page's own cells are run, section by section, each time
with the set-up cell alone before them, so that what is measured here is what the page measures.
"""

import ast
import contextlib
import io
from functools import partial
from pathlib import Path

from dropout_lib import compare, generators, try_settings
from dropout_lib.course import pages

PAGE = Path(__file__).parent.parent / "notebooks" / "11_meet_dropout_today.ipynb"
SEED_SETS = {"the page's seeds": range(10), "new seeds": range(100, 110)}
OVER_SEEDS = ("one network, many depths", "seen once or many times", "when in training", "a memory")
# More networks that underfit, or train briefly, with correct labels: their sizes, and epochs in all
UNDERFIT = (((64, 12, 12, 10), 60), ((64, 8, 8, 10), 8), ((64, 4, 4, 10), 80), ((64, 64, 64, 10), 8))


class Silent:
    """Stands for `explorers` in cells that show a progress bar."""

    @staticmethod
    def progress(label=""):
        return lambda done, total: None


def cells_of(title):
    """List the cells that measure in one section, whose heading ends with `title`."""
    inside, found = False, []
    for cell in pages.read(PAGE).cells:
        if cell.source.startswith("## "):
            inside = cell.source.partition("\n")[0].endswith(title)
        if inside and pages.role(cell) in ("code", "picture"):
            found.append(cell)
    return found


def measured(title, seeds):
    """Run a section for these seeds; give what its cells print or show, in words, and the names that they made."""
    names, said = {}, []
    exec(pages.read(PAGE).cells[1].source, names)
    names |= {"explorers": Silent, "generators": lambda purpose, _=None: generators(purpose, seeds)}
    names["try_settings"] = partial(try_settings, seeds=seeds)
    for cell in cells_of(title):
        tree, printed = ast.parse(cell.source), io.StringIO()
        shown = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        with contextlib.redirect_stdout(printed):
            exec(compile(tree, title, "exec"), names)
            picture = shown and eval(compile(ast.Expression(shown.value), title, "eval"), names)
        said += filter(None, [printed.getvalue().strip(), getattr(picture, "sentence", "")])
    return said, names


def early_dropout(seeds):
    """Print what dropout in the first quarter does to the training accuracy of more networks than the page shows."""
    names = measured("when in training", seeds)[1]
    for sizes, epochs in UNDERFIT:
        network, task = names["in_stages"](names["early"], sizes, epochs, noise=0)
        found = names["in_percent"](names["early"], network, task.inputs, task.labels)
        none = found.pop("none")
        minus = "; ".join(f"{name} {compare(values, none)}" for name, values in found.items())
        print(f"    {sizes}, {epochs} epochs, training accuracy minus none: {minus}")


def main():
    for name, seeds in SEED_SETS.items():
        print(f"{name}, {seeds[0]} to {seeds[-1]}")
        for title in OVER_SEEDS:
            print(f"  {title}")
            for words in measured(title, seeds)[0]:
                print("    " + words.replace("\n", "\n    "))
        early_dropout(seeds)


if __name__ == "__main__":
    main()
