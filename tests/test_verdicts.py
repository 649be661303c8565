"""The verdicts of page 06: each follows from the figures above it, none stands in Markdown, other data change them."""

import contextlib
import copy
import io
import re

import nbformat
import numpy as np
import pytest

from dropout_lib import VERDICTS, Comparison, judge_claim, try_settings
from dropout_lib.course import pages
from experiments import gaussian_damage
from experiments.networks import MEASURES

PATH = next(path for path in pages.paths() if pages.stem(path) == "see_why_it_works")
PAGE = pages.read(PATH)
WORDS = "|".join(sorted(VERDICTS, key=len, reverse=True))
PATTERN = rf"({WORDS}): ((?:(?!; asked).)*); asked: ([+-][\d.]+) or (more|less)"
FOUND = re.compile(r"([+-][\d.]+) ± ([\d.]+) \(\d+ of \d+ seeds\)")
SEEDS = "seeds, claims, sizes = range(10), {}, (64, 64, 24, 10)"


def sentences(cell):
    """List what a cell says: what it prints, and the sentence of each of its pictures."""
    said = [output.get("text", "") or output.data["text/plain"] for output in pages.shown(cell)]
    return [sentence.strip() for sentence in said]


def judged_by(cell):
    """Read the claims that a cell's pictures show: the claim, as the picture names it -> its verdict and figures.

    The sentence of several begins with how many there are of each word.
    """
    return {
        found["claim"].lstrip("; "): found["judged"]
        for sentence in (re.sub(r"^\d+ claims\. [^.]*\. ", "", one) for one in sentences(cell))
        for found in re.finditer(rf"(?P<claim>(?:(?!; ).)*?): (?P<judged>{PATTERN})(?:; |\.$)", sentence)
    }


def table(page):
    """Read the page's table, in its last code cell: the claim -> its verdict."""
    return judged_by([cell for cell in page.cells if cell.cell_type == "code"][-1])


TABLE = table(PAGE)


# Where verdicts stand


def verdicts_in_markdown(page):
    """List the Markdown cells that say what only a cell may find out."""
    return [cell.id for cell in page.cells if cell.cell_type == "markdown" and re.search(r"\bholds?\b", cell.source)]


def test_no_verdict_stands_in_markdown():
    assert verdicts_in_markdown(PAGE) == []


@pytest.mark.parametrize("word", VERDICTS)
def test_a_verdict_in_markdown_would_be_noticed(word):
    page = copy.deepcopy(PAGE)
    page.cells.append(nbformat.v4.new_markdown_cell(f"So the claim {word}.", id="planted"))
    assert verdicts_in_markdown(page) == ["planted"]


def test_the_table_has_every_claim_as_its_section_says_it():
    *sections, _ = [cell for cell in PAGE.cells if cell.cell_type == "code"]
    shown_above = [judged for cell in sections for judged in judged_by(cell).items()]
    settings = ("correct labels", "800 images", "keep_prob 0.8")  # judged beside the table, for a few seeds
    assert list(TABLE.values()) == [judged for claim, judged in shown_above if claim not in settings]
    assert len(TABLE) > 20


def test_the_page_tells_all_three_verdicts_and_their_rules():
    for word, rule in VERDICTS.items():
        assert any(f"{word}: {rule}" in sentence for cell in PAGE.cells for sentence in sentences(cell))


def test_the_page_counts_its_claims_and_intervals():
    last = [cell for cell in PAGE.cells if cell.cell_type == "code"][-1]
    intervals = sum(found.count("±") for found in TABLE.values())
    assert sentences(last)[0] == f"{len(TABLE)} {intervals}"
    assert any(f"Of {intervals} intervals of 95%" in cell.source for cell in PAGE.cells)


# Each follows from the figures above it


def word_for(comparisons, asked):
    """Judge by the numbers that are printed; the sign of `asked` is that of the claim."""
    sign = 1 if asked > 0 else -1
    nearest, farthest = np.transpose([(sign * mean - half, sign * mean + half) for mean, half in comparisons])
    if (nearest > abs(asked)).all():
        return "holds"
    return "does not hold here" if ((nearest <= 0) | (farthest < abs(asked))).all() else "holds in part"


@pytest.mark.parametrize("claim", TABLE)
def test_each_verdict_is_that_of_the_intervals_beside_it(claim):
    word, found, asked, side = re.fullmatch(PATTERN, TABLE[claim]).groups()
    comparisons = [tuple(map(float, pair)) for pair in FOUND.findall(found)]
    assert len(comparisons) == found.count("±") >= 1
    assert side == ("more" if float(asked) > 0 else "less")
    assert word == word_for(comparisons, float(asked))


@pytest.mark.parametrize("claim", TABLE)
def test_other_results_would_give_each_claim_any_other_verdict(claim):
    _, found, asked, _ = re.fullmatch(PATTERN, TABLE[claim]).groups()
    minimum_difference, sign = abs(float(asked)), 1 if float(asked) > 0 else -1
    results = [("holds", 2, 0.9), ("holds in part", 1, 0.9), ("does not hold here", 0.5, 0.6)]
    results += [("does not hold here", 0.5, 0.1), ("does not hold here", -2, 0.9)]
    assert {word for word, *_ in results} == set(VERDICTS)
    for word, mean, half in results:
        comparisons = [Comparison(sign * minimum_difference * mean, minimum_difference * half, 10, 10)] * found.count(
            "±"
        )
        assert judge_claim(*comparisons, minimum_difference=minimum_difference, sign=sign).word == word


def shown(what):
    """Read the means of a picture of results: the name of a row -> its mean."""
    (sentence,) = [one for cell in PAGE.cells for one in sentences(cell) if one.startswith(f"{what}: ")]
    rows = sentence.removeprefix(f"{what}: ").partition(" 95% intervals")[0].split("; ")
    found = [re.match(r"(.+) (-?[\d.]+) ± ", row) for row in rows]
    return {row[1]: float(row[2]) for row in found}


def difference(what, one, other):
    return shown(what)[one] - shown(what)[other]


def lost_by_twelve(place):
    """Read from the two pictures of curves what 12 of 24 removals cost: without minus with dropout."""
    curves = [one for cell in PAGE.cells for one in sentences(cell) if one.startswith("accuracy in percent at neurons")]
    lost = {}
    for name in ("with dropout", "without"):
        found = re.search(rf"{name} ([\d.]+), [\d.]+, ([\d.]+)", curves[place])
        lost[name] = float(found[1]) - float(found[2])
    return lost["without"] - lost["with dropout"]


RANDOM, HELPFUL = "lost by 12, at random", "lost by 12, helpful first"
ABOVE = {
    "12 removals cost less with dropout (points)": lambda: [lost_by_twelve(0), lost_by_twelve(1)],
    "fewer images depend on one neuron (points)": lambda: [
        difference(f"lost by {which} neuron", "without dropout", "with dropout") for which in ("the worst", "some")
    ],
    "loses less than L2 of equal accuracy (points)": lambda: [
        difference(what, "L2", "dropout") for what in (RANDOM, HELPFUL)
    ],
    "loses less than Gaussian noise (points)": lambda: [
        difference(what, "Gaussian noise", "dropout") for what in (RANDOM, HELPFUL)
    ],
    "neurons are less correlated with dropout (hundredths)": lambda: [
        difference(f"correlation in layer {layer}", "with dropout", "without dropout") for layer in (1, 2)
    ],
    "filters look cleaner with dropout (hundredths)": lambda: [
        difference("correlation of neighbours", "dropout", "without")
    ],
    "dropout (input) relies more on two or four weak shortcuts (points)": lambda: [
        difference(f"accuracy, {marks} marks misleading", "input", "none") for marks in ("two", "four")
    ],
}


@pytest.mark.parametrize("claim", ABOVE)
def test_each_difference_is_that_of_the_figures_shown_above_it(claim):
    given = [float(mean) for mean, _ in FOUND.findall(TABLE[claim])]
    # Means and differences are rounded each by itself.
    np.testing.assert_allclose(given, ABOVE[claim](), atol=0.21)


# The page run again


def run(sections, **changed):
    """Run the code of some sections after the set-up, in which `changed` says what is replaced by what."""
    source, wanted = PAGE.cells[1].source, False
    for old, new in {SEEDS: SEEDS, **changed}.items():
        assert old in source
        source = source.replace(old, new)
    names = {"display": lambda *pictures: None}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, names)
        for cell in PAGE.cells[2:]:
            if cell.source.startswith("## "):
                wanted = sections is None or cell.source.splitlines()[0] in sections
            if wanted and pages.role(cell) in ("code", "picture"):
                exec(compile(cell.source, cell.id, "exec"), names)
    return names


CLASS = ("## Remove neurons", "## Contributions that cancel")
FEW = {SEEDS: SEEDS.replace("range(10)", "range(4, 8)")}


def test_with_the_networks_exchanged_the_verdicts_turn():
    arms = "(1.0, 1.0, 1.0), (0.8, 0.5, 0.5)"
    exchanged = {arms: "(0.8, 0.5, 0.5), (1.0, 1.0, 1.0)"}
    words = {claim: judged.word for claim, judged in run(CLASS, **FEW, **exchanged)["claims"].items()}
    assert list(words.values()) == ["does not hold here"] * 2


def accuracies(network, images, labels, order):
    """Give the accuracy with 0, 1, ... of the neurons gone, by setting their weights to 0 one after another."""
    *_, hidden, _ = network.activations(images)
    last, found = network.weights[-1].copy(), []
    for unit in [None, *order]:
        if unit is not None:
            last[unit] = 0
        found.append(100 * ((hidden @ last + network.biases[-1]).argmax(axis=1) == labels).mean())
    return found


def test_the_plotted_curves_come_from_the_seeds_that_the_page_names():
    names = run(CLASS[:1], **FEW)
    settings = [(0.8, 0.5, 0.5), (1.0, 1.0, 1.0)]
    tried = try_settings(settings, sizes=(64, 64, 24, 10), seeds=range(4, 8), epochs=60)
    for name, networks in zip(("with dropout", "without"), tried.networks, strict=True):
        by_seed = []
        for place, seed in enumerate(range(4, 8)):
            task = tried.task.test_inputs[place], tried.task.test_labels[place]
            orders = [np.random.default_rng([seed, number]).permutation(24) for number in range(8)]
            by_seed.append(np.mean([accuracies(networks.replica(place), *task, order) for order in orders], axis=0))
        np.testing.assert_allclose(names["at_random"][name], by_seed, rtol=1e-9)
    stored = [one for cell in PAGE.cells for one in sentences(cell) if one.startswith("accuracy in percent at neurons")]
    assert [one.endswith(" 95% intervals over 10 seeds.") for one in stored] == [True, True]


@pytest.mark.slow
def test_a_second_set_of_seeds_gives_the_same_verdicts(monkeypatch):
    """Gaussian noise, whose results are stored for the page's seeds, is trained for these."""
    records = gaussian_damage.records(range(20, 30))
    noisy = {name: np.array([record[name] for record in records]) for name in MEASURES}
    monkeypatch.setattr("dropout_lib.course.stored_results.gaussian_damage", lambda seeds: noisy)
    found = run(None, **{SEEDS: SEEDS.replace("range(10)", "range(20, 30)")})["claims"]
    assert {claim: judged.word for claim, judged in found.items()} == {
        claim: re.match(PATTERN, line)[1] for claim, line in TABLE.items()
    }
