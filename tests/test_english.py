"""Words that are gone from pages, hints, messages, docstrings and Markdown files, what to say instead, and -0.0."""

import ast
import re
from pathlib import Path

import pytest

from dropout_lib.course import pages

ROOT = Path(__file__).parent.parent
THINK = "You think that"
MOST_THINK = 5  # in the whole course

# A regular expression -> what to say instead. Names in code are no words: \b sees no gap in `chance_of_silence`.
GONE = {
    r"\bhand(s|ed)? on\b|\bhands? it on\b": "pass on",
    r"\bhanded (in|over)\b": "passed in",
    r"\b[Ss]tands? behind\b|\bBehind\b|\bbehind (a|the) (ReLU|layer|point|`?#)": "after",
    r"\b(stood|stands?|standing) (above|below|in|at|beside|before)\b": "is, are",
    r"\bnothing (is )?sure\b|\bdifference is sure\b|\bsurely as large\b": "no clear gain, a clear difference",
    r"\biterations?\b": "step",
    r"\bvote by hands\b": "a show of hands",
    r"[\d}] %": "95%, closed up",
    r"\b[Ss]ilenc(e|es|ed|ing)\b|\bsilent (neuron|unit)s?\b|\bfalls? silent\b|\b(is|are|was|were) (not )?silent\b": (
        "dropped, or 0"
    ),
    r"\b[Ww]hoever\b": "if you ..., or name the thing",
    r"\b[Nn]obody\b|\beverybody\b": "no neuron, every neuron, you",
    r"\bevery fifth label\b": "one label in five",
    r"\b(test|training|validation|new|black|of the) pictures\b|\bpictures of (a batch|digits)\b": "images",
    r"\b[Aa]lone about\b": "about 40 minutes on your own",
    r"\b(mask|masks) held\b|\bheld (back|fixed)\b": "fixed; held-out data",
    r"\bweighs?\b|\bweighed\b|\bweighing\b": "weight, weighted",
    r"\ba later page\b|\bthe next page shows\b": "the page's number: page 04 shows",
    r"\btimes too (small|large|big)\b": "too small by a factor of",
    r"\b[Hh]ow many \w+ (has|had)\b|\bWhich \w+ has your\b": "How many ... does ... have?",
    r"\bdropout harms\b|\bit harms\b": "does harm, lowers accuracy",
    r"\bthinned networks\b": "sub-networks",
    r"\bYour lines?, in pairs\b|^#+ Your lines?$": "Your turn",
    r"\banother order\b|\bother generators\b|\bother (initial )?weights\b": "different",
    r"\b(labels|answers) are (all )?right\b|(?<!Use it )\b[Rr]ightly\b": "correct, correctly",
    r"\bhang(s)? (on|together)\b": "depend on, are related",
    r"\b(hidden|dropped|kept|of the|each|every) units?\b": "neuron",
    r"\b(louder|quieter)\b": "larger, smaller",
}
# What a page may say of a figure; the data item is an image.
A_FIGURE = re.compile(
    r"(above|below|shows|has|each|Below|to) the pictures? ?|([Tt]he|each) pictures? (shows?|has|above|below)"
)


def places(name, text):
    """List each gone word in a text, with where it is and what to say instead."""
    for pattern, instead in GONE.items():
        for found in re.finditer(pattern, text, re.MULTILINE):
            around = text[max(0, found.start() - 30) : found.end() + 30].replace("\n", " ")
            yield f"{name}: {found[0]!r} in '...{around}...': say {instead}"


def strings(path):
    """Give every string of a Python file, docstrings too, with its line; of an f-string its source, braces and all."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, "".join(part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def cells():
    """Give the name and the source of every cell of the course, and whether it is Markdown."""
    for path in pages.paths():
        for cell in pages.read(path).cells:
            yield f"{path.name} {cell.id}", cell.source, cell.cell_type == "markdown"


def in_pages():
    for name, source, is_text in cells():
        yield from places(name, source)
        if is_text:
            yield from pictures(name, source)


def pictures(name, source):
    """List where a page's text calls something a picture that may be an image: none of the phrases of a figure."""
    prose = A_FIGURE.sub("", re.sub(r"```.*?```|`[^`]*`", "", source, flags=re.DOTALL))
    for found in re.finditer(r"(.{0,30})(\b[Pp]ictures?\b)(.{0,30})", prose):
        yield f"{name}: {found[2]!r} in '...{found[0]}...': say image, or add the phrase of a figure to A_FIGURE"


def in_library():
    return [
        place
        for path in sorted((ROOT / "dropout_lib").rglob("*.py"))
        for line, text in strings(path)
        for place in places(f"{path.relative_to(ROOT)}:{line}", text)
    ]


def in_files():
    return [
        place
        for name in ("README.md", "CONTRIBUTING.md")
        for number, line in enumerate((ROOT / name).read_text(encoding="utf-8").splitlines(), start=1)
        for place in places(f"{name}:{number}", line)
    ]


@pytest.mark.parametrize("look", [in_pages, in_library, in_files])
def test_words_that_are_gone_stay_gone(look):
    found = list(look())
    assert not found, "\n" + "\n".join(f"  - {place}" for place in found)


FIXED = r"[-+ ]?(z?)[\d,]*\.\d+"  # what a format asks for: so many decimals, or digits


def minus_zeros(name, source, kinds="f"):
    """List the numbers that may read -0: what rounds to 0 has another sign elsewhere, or came from a learner."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            asked = "".join(part.value if isinstance(part, ast.Constant) else "1" for part in node.format_spec.values)
            found = re.fullmatch(f"{FIXED}[{kinds}]", asked)
            if found and not found[1]:
                yield f"{name}:{node.lineno}: {ast.unparse(node.value)}: write z before its decimals, as in {{x:z.1f}}"


def test_what_rounds_to_0_has_no_minus():
    assert len(list(minus_zeros("here", "f'{a:.1f} {b:.4g} {c:z.4g}'", "fg"))) == 2
    assert list(minus_zeros("here", "f'{a:.1f} {b:z.1f} {c:+.2f} {d:+z.2f} {e:g} {f} {g:,.0f} {h:.{n}f}'")) == [
        f"here:1: {name}: write z before its decimals, as in {{x:z.1f}}" for name in "acgh"
    ]
    library = sorted((ROOT / "dropout_lib").rglob("*.py"))
    shown = [path for path in library if "course" not in path.parts]  # the course's machinery shows sizes and minutes
    found = []
    for path in shown:
        kinds = "fg" if "checks" in path.parts else "f"
        found += minus_zeros(path.relative_to(ROOT), path.read_text(encoding="utf-8"), kinds)
    assert not found, "\n".join(found)


def test_answers_to_a_vote_say_what_is_true_at_once():
    opened = [name for name, source, _ in cells() for _ in range(source.count(THINK))]
    assert len(opened) <= MOST_THINK, f"say what is true, not {THINK!r}, in all but {MOST_THINK} of: {opened}"


# One sentence for each of them, in the same order
PLANTED = """
A dropped neuron hands on 0.
An array was handed in.
The normalisation stands behind a layer.
The sum stands below it.
Dropout gains nothing sure.
Every iteration draws anew.
Predict: vote by hands
The gain is 95 % of it.
It silenced a neuron.
Whoever drops must scale.
Here nobody is left.
Here every fifth label is wrong.
It has not seen the test pictures.
Alone about 40 minutes.
With the mask held, nudge it.
Each is weighed by its probability.
It returns on a later page.
That is 0.3 times too small.
How many masks had the forward pass?
In a narrow network dropout harms.
The thinned networks agree.
## Your line
The parts came in another order.
Their labels are all right.
The two hang together.
Half of the units are dropped.
The layer got quieter.
""".strip().splitlines()


@pytest.mark.parametrize(("instead", "sentence"), list(zip(GONE.values(), PLANTED, strict=True)))
def test_each_word_is_seen_in_a_page_and_in_a_string(instead, sentence, tmp_path):
    (found,) = places("00_a_page.ipynb text-01", f"Before it.\n{sentence}\nAfter it.")
    assert found.startswith("00_a_page.ipynb text-01: ") and found.endswith(f": say {instead}")
    path = tmp_path / "planted.py"
    path.write_text(f'def hint(n):\n    """It.\n{sentence}"""\n    return f"""{{n}}\n{sentence}"""\n')
    assert [line for line, text in strings(path) for _ in places("", text)] == [2, 4]


def test_an_image_that_is_called_a_picture_is_seen():
    assert list(pictures("", "The picture shows it. Below the picture, read `pictures @ W1`.")) == []
    (found,) = pictures("", "It has never seen these pictures of digits.")
    assert "say image" in found


def test_a_number_put_into_a_sentence_has_its_sign_closed_up(tmp_path):
    path = tmp_path / "planted.py"
    path.write_text('said = f"{share:.1f} % are kept, {rate:.1f}% are dropped"\n')
    assert [line for line, text in strings(path) for _ in places("", text)] == [1]
