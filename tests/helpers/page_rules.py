"""What every page keeps to and nbval does not see. `complaints(page, path)` is the checklist of whoever adds a page."""

import ast
import builtins
import html
import importlib
import re
import symtable
from pathlib import Path

import dropout_lib
from dropout_lib.checks.grading.exercise import Exercise
from dropout_lib.course import minutes as clock
from dropout_lib.course import pages
from helpers import votes

README = Path(__file__).parents[2] / "README.md"
WITH_CODE = {"setup", "code", "picture", "explorer", "exercise", "check"}
OTHER_TAGS = {"home", "folded", "no-exercises", "no-explorer"}
MOST_LINES = {"setup": 6}
LINES, WIDTH = 15, 100  # of any other cell of code, and of a line that a projector shows whole
ONE_EXERCISE = {"train_with_dropout"}  # its exercise is a whole training loop
CAPTION, TWO_LINES = re.compile("<figcaption>(.*?)</figcaption>"), 200
CHOICE = re.compile(r"<details>\s*<summary>[A-Z]\. .+?</summary>.+?</details>", re.DOTALL)
ROW = "| [{number} {title}](notebooks/{file}) | {minutes} min |"


def complaints(page, path, *, course=None, readme=None):
    """List what is amiss in one page, each as a sentence that says what to do; an empty list is a clean page.

    `course` maps every path to its page, and `readme` is the README's text: by default those on the disk.
    """
    path = Path(path)
    course = {one: pages.read(one) for one in pages.paths(path.parent)} if course is None else course
    readme = README.read_text(encoding="utf-8") if readme is None else readme
    if len(page.cells) < 2:
        return [f"write a title, a set-up cell, sections and an end cell: these are its only cells: {len(page.cells)}"]
    return [
        *_order(page),
        *_amount(page, path, course),
        *_cells(page),
        *section_complaints(page),
        *_outputs(page),
        *_exercises(page, pages.stem(path)),
        *_predictions(page),
        *_open_votes(page),
        *_title(page, path, readme),
        *_links(page, path, course),
    ]


def _tags(cell):
    return set(cell.metadata.get("tags", []))


def _order(page):
    roles = [pages.role(cell) for cell in page.cells]
    if roles[:2] != ["title", "setup"] or roles[-1] != "end":
        yield "begin the page with a cell tagged title and one tagged setup, and end it with a cell tagged end"
    if roles.count("setup") != 1:
        yield f"tag one cell setup, which all sections share: {roles.count('setup')} are"
    if not page.cells[0].source.startswith("# "):
        yield f"{page.cells[0].id}: begin the title with '# '"
    ids = [cell.id for cell in page.cells]
    yield from (f"{twice}: two cells share this id; rename one" for twice in sorted(_repeated(ids)))


def _repeated(names):
    return {name for name in names if names.count(name) > 1}


def _amount(page, path, course):
    roles, tags = [pages.role(cell) for cell in page.cells], _tags(page.cells[0])
    if "explorer" not in roles and "no-explorer" not in tags:
        yield "add an explorer; if the page needs none, tag its first cell no-explorer"
    if "no-exercises" in tags:
        fewest, predictions = 0, 1
        if path.name != min(one.name for one in course):
            yield "take the tag no-exercises away and add two exercises: only the first page goes without"
    else:
        fewest, predictions = 1 if pages.stem(path) in ONE_EXERCISE else 2, 2
    if roles.count("exercise") < fewest:
        found = roles.count("exercise")
        yield f"add an exercise with its check and its solution: the page has {found}, {fewest} are due"
    if roles.count("predict") < predictions:
        yield f"add a prediction: the page has {roles.count('predict')}, {predictions} are due"
    sections = sum(cell.source.startswith("## ") for cell in page.cells)
    if sections < 3:
        yield f"divide the page by headings '## ', each at the top of its cell: it has {sections}, three are due"


def _cells(page):
    number = 0
    for cell in page.cells:
        role = pages.role(cell)
        known = _tags(cell) & pages.ROLES
        if role is None:
            given = f"it has {' and '.join(sorted(known))}" if known else "it has none"
            yield f"{cell.id}: give it one role tag of {', '.join(sorted(pages.ROLES))}; {given}"
        if unknown := _tags(cell) - pages.ROLES - OTHER_TAGS:
            yield f"{cell.id}: take away the unknown tag {', '.join(sorted(unknown))}"
        if "nbval" in cell.source.lower():
            yield f"{cell.id}: take away the comment for nbval: every cell is compared"
        if role and (cell.cell_type == "code") != (role in WITH_CODE):
            due = "code" if role in WITH_CODE else "Markdown"
            yield f"{cell.id}: make it a {due} cell, or tag it otherwise: {role} is a role of the other type"
        if cell.cell_type == "code":
            number += 1
            yield from _code(cell, role, number)


def _code(cell, role, number):
    lines, most = [line for line in cell.source.splitlines() if line.strip()], MOST_LINES.get(role, LINES)
    if cell.execution_count != number:
        yield f"{cell.id}: run make pages: it is not executed in order ({cell.execution_count} where {number} is due)"
    if cell.source.rstrip().endswith(";"):
        yield f"{cell.id}: take away the semicolon at its end, which hides nothing from nbval"
    widest = max(map(len, lines), default=0)
    if widest > WIDTH and role != "exercise":  # whose docstring is a sentence
        yield f"{cell.id}: wrap its lines at {WIDTH} letters: the longest has {widest}"
    if len(lines) > most:
        yield f"{cell.id}: shorten it to {most} lines: its {len(lines)} are too long for a projector"
    try:
        ast.parse(cell.source)
    except SyntaxError as error:
        yield f"{cell.id}: mend its Python: {error}"


def _outputs(page):
    if "widgets" in page.metadata:
        yield "run make pages: widget state is stored"
    for cell in page.cells:
        stored = cell.get("outputs", [])
        data = [output.get("data", {}) for output in stored]
        if any(output.output_type == "error" for output in stored):
            yield f"{cell.id}: mend it and run make pages: an error is stored"
        if any(output.get("name") == "stderr" for output in stored):
            yield f"{cell.id}: mend what it warns of and run make pages: stderr is stored"
        if any(pages.WIDGET_VIEW in kinds for kinds in data):
            yield f"{cell.id}: run make pages: a widget view is stored"
        images = [image for kinds in data for image in re.findall(r"<img[^>]*>", kinds.get("text/html", ""))]
        if pages.role(cell) in {"picture", "explorer"} and not images:
            yield f"{cell.id}: end it with a picture and run make pages, or tag it code: no still picture is stored"
        if not all(re.search(r'alt="[^"]{10,}"', image) for image in images):
            yield f"{cell.id}: give its picture a sentence: it has no alternative text"
        captions = [words for kinds in data for words in CAPTION.findall(kinds.get("text/html", ""))]
        if pages.role(cell) != "explorer" and any(len(html.unescape(words)) > TWO_LINES for words in captions):
            yield f"{cell.id}: give its figure a shorter caption: two lines are at most {TWO_LINES} letters"
        if pages.role(cell) == "check" and not any("Not written yet" in kinds.get("text/plain", "") for kinds in data):
            yield f"{cell.id}: leave the stub as it is and run make pages: this check must say that nothing is written"


def _exercises(page, name):
    found = pages.exercises(page)
    if not found:
        return
    try:
        checks = importlib.import_module(f"dropout_lib.checks.{name}")
    except ModuleNotFoundError:
        yield f"write dropout_lib/checks/{name}.py: there is none"
        return
    for exercise in found:
        yield from _exercise(page, exercise, checks)
    for check in sorted(name for name, value in vars(checks).items() if isinstance(value, Exercise)):
        if check not in {exercise.name for exercise in found}:
            yield f"add the exercise {check} to the page, or take it out of {checks.__name__}: no exercise uses it"


def _exercise(page, exercise, checks):
    stub, *behind = page.cells[exercise.place : exercise.place + 3]
    name = exercise.name
    if not name:
        yield f"{stub.id}: begin the exercise with def and the name of its function"
        return
    if [pages.role(cell) for cell in behind] != ["check", "solution"]:
        yield f"exercise {name}: put its check and its solution behind it: it is not followed by them"
    if behind and behind[0].source != f"check.{name}({name})":
        yield f"exercise {name}: write check.{name}({name}) into its check cell, and nothing else"
    if not isinstance(getattr(checks, name, None), Exercise):
        yield f"exercise {name}: write {name} = Exercise(...) in {checks.__name__}: it has no check"
    if name in dropout_lib.__all__:
        yield f"exercise {name}: rename it: it bears a name of the library, so that later cells would use the answer"
    if not exercise.solution:
        yield f"exercise {name}: fold one ```python block into <details> below its check: it has no solution"
    elif _head(stub.source) != _head(exercise.solution):
        yield f"exercise {name}: make stub and solution begin alike: they differ in name, arguments or docstring"
    if not stub.source.rstrip().endswith("return ..."):
        yield f"exercise {name}: end its stub with return ..."
    if exercise.solution and stub.source.strip() == exercise.solution.strip():
        yield f"exercise {name}: write its solution: the stub is the solution"


def _head(source):
    """Give a function's name, arguments and docstring; of what is no function, the source."""
    try:
        function = ast.parse(source).body[0]
        return function.name, ast.unparse(function.args), ast.get_docstring(function)
    except (SyntaxError, IndexError, AttributeError):
        return source


def _predictions(page):
    for cell in page.cells:
        if pages.role(cell) == "predict":
            question, *folded = cell.source.split("<details>")
            if len(folded) < 2 or len(CHOICE.findall(cell.source)) != len(folded) or "?" not in question:
                yield (
                    f"{cell.id}: write a question that ends in ?, and at least two lettered choices, each its own: "
                    "<details><summary>A. choice</summary> and the answer to it </details>"
                )


def _open_votes(page):
    """Nothing answers a vote: no output to the next heading, and no words in the two cells before it and after it."""
    for prediction in votes.predictions(page):
        asks = page.cells[prediction.place].id
        if not any(choice.is_right for choice in prediction.choices):
            yield f"{asks}: begin the answer to its right choice with Yes"
        for cell in votes.until_the_heading(page, prediction.place):
            if cell.get("outputs") and pages.role(cell) != "check" and not pages.is_folded(cell):
                yield f"{cell.id}: run make pages: its output is not folded, and may answer {asks}"
        for cell in page.cells[max(0, prediction.place - 2) : prediction.place + 3]:
            if pages.role(cell) != "predict" and votes.answered_by(prediction, votes.in_the_open(cell)):
                yield f"{cell.id}: reword it, or fold it into <details>: it answers {asks} before the vote"


def _title(page, path, readme):
    source = page.cells[0].source
    minutes = re.search(r"(\d+) minutes in class", source)
    if not minutes:
        yield f"{page.cells[0].id}: say 'NN minutes in class' in the title cell"
        return
    counted = clock.counted(page)
    if abs(counted - int(minutes[1])) > 1:
        yield f"{page.cells[0].id}: say '{counted} minutes in class', or tag cells home: the clock counts {counted}"
    title = pages.title(page)
    row = ROW.format(number=path.name[:2], title=title, file=path.name, minutes=minutes[1])
    if row not in readme:
        yield f"write this row into README.md's table of pages: {row} ... |"


def _links(page, path, course):
    names = [one.name for one in course]
    if path.name not in names:
        return
    place, ends = names.index(path.name), [one.cells[-1].source for one in course.values()]
    if place and f"]({path.name})" not in ends[0]:
        yield f"link this page in the map at the end of {names[0]}: write [...]({path.name}) there"
    if place and f"]({path.name})" not in ends[place - 1]:
        yield f"link this page at the end of {names[place - 1]}: write 'Next: [...]({path.name}).' there"
    if place == len(names) - 1 and f"]({names[0]})" not in page.cells[-1].source:
        yield f"{page.cells[-1].id}: end the last page with a link to the first, [...]({names[0]})"


# Each section needs only the set-up cell


def section_complaints(page):
    """Compare the names that each cell needs with those that its section and the set-up have bound before it."""
    try:
        shared = _bound(ast.parse(page.cells[1].source))
        sections = _by_section(page)
    except SyntaxError:  # told by the cell's own complaint
        return
    elsewhere = {name for cells in sections for _, tree in cells for name in _bound(tree)}
    for cells in sections:
        known, late, missing = set(dir(builtins)) | {"display"} | shared, [], []
        for cell_id, tree in cells:
            for name, when_called in _needed(tree.body, known):
                (late if when_called else missing).append((cell_id, name))
        missing += [(cell_id, name) for cell_id, name in late if name not in known]
        for cell_id, name in missing:
            mapping = name.partition("[")[0]
            # An entry is missing if another section puts it into what the set-up has made; else it is there already.
            if mapping == name or (mapping in shared and name in elsewhere):
                where = "another section makes it" if name in elsewhere else "nothing makes it"
                yield f"{cell_id}: make {name} in this section or in the set-up cell, before it is used: {where}"


def _by_section(page):
    sections = [[]]
    for cell in page.cells[2:]:
        if cell.source.startswith("## "):
            sections.append([])
        if cell.cell_type == "code":
            sections[-1].append((cell.id, ast.parse(cell.source)))
    return sections


def _needed(statements, known):
    """Yield each name that is not in `known` when it is needed, and whether that is in a function's body, so later.

    What the statements bind goes into `known`. An entry of a mapping, as claims["a"], counts as a name.
    """
    for statement in statements:
        inner = [getattr(statement, part, []) for part in ("body", "orelse", "finalbody")]
        inner += [handler.body for handler in getattr(statement, "handlers", [])]
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            known.add(statement.name)
            yield from ((name, True) for name in sorted(_loaded(statement) - known))
        elif any(inner):
            heads = [node for node in ast.iter_child_nodes(statement) if not isinstance(node, ast.stmt)]
            for head in sorted(heads, key=lambda node: isinstance(getattr(node, "ctx", None), ast.Store)):
                yield from ((name, False) for name in sorted(_loaded(head) - known - _bound(head)))
                known |= _bound(head)
            for block in inner:
                yield from _needed(block, known)
        else:
            yield from ((name, False) for name in sorted(_loaded(statement) - known))
            known |= _bound(statement)


def _entries(node, context):
    """Find the entries of mappings that are loaded or stored, as claims['a']."""
    found = [one for one in ast.walk(node) if isinstance(one, ast.Subscript) and isinstance(one.ctx, context)]
    named = [one for one in found if isinstance(one.value, ast.Name) and isinstance(one.slice, ast.Constant)]
    return {ast.unparse(one) for one in named if isinstance(one.slice.value, str)}


def _loaded(node):
    """Find the names from outside that a piece of code loads: no parameter, no variable of a comprehension."""
    if isinstance(node, ast.withitem):
        node = node.context_expr
    if isinstance(node, ast.excepthandler):
        node = node.type or ast.Constant(None)
    names = set()
    tables = [symtable.symtable(ast.unparse(node), "cell", "exec")]
    while tables:
        table = tables.pop()
        tables += table.get_children()
        symbols = [symbol for symbol in table.get_symbols() if symbol.is_referenced()]
        names |= {one.get_name() for one in symbols if table.get_type() == "module" or one.is_global()}
    changed = [one.target for one in ast.walk(node) if isinstance(one, ast.AugAssign)]
    names |= {target.id for target in changed if isinstance(target, ast.Name)}
    return names | _entries(node, ast.Load)


def _bound(node):
    """Find the names that a piece of code binds where it stands."""
    if isinstance(node, ast.withitem):
        return _bound(node.optional_vars) if node.optional_vars else set()
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    names = {alias.asname or alias.name.split(".")[0] for alias in getattr(node, "names", []) if alias != "*"}
    names |= {node.name} if isinstance(node, ast.excepthandler) and node.name else set()
    names |= {node.id} if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store) else set()
    inner = (ast.Lambda, ast.comprehension)
    names |= _entries(node, ast.Store)
    return names.union(*(_bound(child) for child in ast.iter_child_nodes(node) if not isinstance(child, inner)))
