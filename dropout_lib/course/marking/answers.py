"""An answer in a learner's notebook: the cells that write its function, and of all others only what these need.

The function's own cells run whole, as in the notebook. Of the page's set-up and of other cells, such as one with a
helper or an import, those statements are taken that give a name which is read: no cell trains or draws in vain.
"""

import ast
import re
import symtable
from typing import NamedTuple

from dropout_lib.course.marking.submissions import Unmarkable


class Answer(NamedTuple):
    """The statements that the cells need, and the cells that write the function. No cells: it is not written."""

    context: list
    cells: list


def answer(name, sources, page):
    """Find the answer to one exercise among the sources of a notebook's code cells.

    Raises Unmarkable if no cell writes the function.
    """
    codes = [plain(source) for source in sources]
    own = [place for place, code in enumerate(codes) if _writes(name, code)]
    if not own:
        raise Unmarkable(f"No cell of the file defines {name}.")
    cells = [codes[place] for place in own]
    if all(cell.strip() == page.stubs[name].strip() for cell in cells):
        return Answer([], [])
    checks = [place for place, code in enumerate(codes) if re.search(rf"\bcheck\.{name}\b", code)]
    end = max([own[-1], *checks[:1]])
    others = [code for place, code in enumerate(codes[:end]) if place not in own]
    needed = set().union(*(names(cell)[1] for cell in cells))
    return Answer(
        _giving(needed, [statement for code in (page.setup, *others) for statement in _statements(code)]), cells
    )


def plain(source):
    """Give a cell's source without IPython's own lines (% and !), if it is no Python with them."""
    if _parses(source):
        return source
    return re.sub(r"^([ \t]*)[%!].*$", r"\1pass", source, flags=re.MULTILINE)


def names(source):
    """Give the global names that a source binds, and those that it reads; none of a source that is no Python."""
    try:
        tables = [symtable.symtable(source, "cell", "exec")]
    except (SyntaxError, ValueError, RecursionError):
        return set(), set()
    bound = {one.get_name() for one in tables[0].get_symbols() if one.is_assigned() or one.is_imported()}
    read = set()
    while tables:
        table = tables.pop()
        tables += table.get_children()
        is_top = table.get_type() == "module"
        read |= {one.get_name() for one in table.get_symbols() if one.is_referenced() and (is_top or one.is_global())}
    return bound, read


def _writes(name, code):
    return name in names(code)[0] if _parses(code) else bool(re.search(rf"\bdef\s+{name}\b", code))


def _parses(source):
    try:
        ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def _statements(code):
    return [ast.unparse(statement) for statement in ast.parse(code).body] if _parses(code) else []


def _giving(needed, statements):
    """List the statements that bind a needed name, or one that those read, and so on; each once, in order."""
    statements, chosen = list(dict.fromkeys(statements)), set()
    parts = [names(statement) for statement in statements]
    while new := {place for place, (bound, _) in enumerate(parts) if bound & needed} - chosen:
        chosen |= new
        needed = needed.union(*(parts[place][1] for place in new))
    return [statements[place] for place in sorted(chosen)]
