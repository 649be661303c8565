"""The verdicts of page 06: each follows from the figures above it, none stands in Markdown, other data change them."""

import contextlib
import copy
import io
import re
import statistics

import nbformat
import numpy as np
import pytest

from dropout_lib import VERDICTS, Comparison, judge_claim, try_settings
from dropout_lib.course import pages

PATH = next(path for path in pages.paths() if pages.stem(path) == "see_why_it_works")
PAGE = pages.read(PATH)
PATTERN = rf"({'|'.join(sorted(VERDICTS, key=len, reverse=True))}): (.*); asked: ([+-][\d.]+) or (more|less)"
FOUND = re.compile(r"([+-][\d.]+) ± ([\d.]+) \(\d+ of \d+ seeds\)")
SEEDS = "seeds, claims = range(10), {}"


def printed(cell):
    return "".join(output.get("text", "") for output in cell.get("outputs", []))


def verdicts_of(cell):
    """List the verdicts that a cell prints, each with its figures."""
    return [found[0] for found in re.finditer(PATTERN, printed(cell))]


def table(page):
    """Read the page's table, in its last code cell: the claim -> the line of its verdict."""
    last = [cell for cell in page.cells if cell.cell_type == "code"][-1]
    lines = printed(last).splitlines()
    return dict(zip(lines[::2], (line.strip() for line in lines[1::2]), strict=True))


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
    *sections, last = [cell for cell in PAGE.cells if cell.cell_type == "code"]
    assert list(TABLE.values()) == verdicts_of(last) == [line for cell in sections for line in verdicts_of(cell)]
    assert len(TABLE) > 8


def test_the_page_tells_all_three_verdicts_and_their_rules():
    for word, rule in VERDICTS.items():
        assert any(f"{word}: {rule}" in printed(cell) for cell in PAGE.cells)


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


def numbers_after(words):
    """Give the numbers in the page's printed line that begins with these words, or stand after them in it."""
    lines = [line for cell in PAGE.cells for line in printed(cell).splitlines() if words in line]
    assert len(lines) == 1, (words, lines)
    return [float(number) for number in re.findall(r"(?<![\w.-])-?\d+\.\d+", lines[0].partition(words)[2])]


def lost_by_twelve(words):
    (with_all, plain_all), (with_it, plain) = (numbers_after(f"{count} of 24{words}") for count in (" 0", "12"))
    return (plain_all - plain) - (with_all - with_it)


def difference(one, other, place=0):
    return numbers_after(one)[place] - numbers_after(other)[place]


def named(words, name):
    """Read 'L2 3.33' out of a printed line that begins with `words`."""
    lines = [line for cell in PAGE.cells for line in printed(cell).splitlines() if line.startswith(words)]
    return float(re.search(rf"\b{name} (-?[\d.]+\d)", lines[0])[1])


ABOVE = {
    "less is lost by 12 removals (points)": lambda: [
        lost_by_twelve(" removed at random"), lost_by_twelve(", most helpful first")
    ],
    "contributions cancel less (quotient)": lambda: [difference("without dropout: median", "with dropout   : median")],
    "fewer pictures hang on one neuron (points)": lambda: [
        difference("without dropout: lost", "with dropout   : lost", place) for place in (0, 1)
    ],
    "cancels less than L2 of equal accuracy (quotient)": lambda: [
        named("cancelling: without", "L2") - named("cancelling: without", "dropout")
    ],
    "loses less than L2 of equal accuracy (points)": lambda: [
        difference("L2     : 12 removals", "dropout: 12 removals", place) for place in (0, 1)
    ],
    "neurons are less correlated (hundredths)": lambda: [
        numbers[1] - numbers[0]
        for numbers in map(numbers_after, ("hidden layer 1: without", "hidden layer 2: without"))
    ],
    "dropout makes layers sparser (points)": lambda: [
        difference("dropout: zeros", "without: zeros", place) for place in (0, 1)
    ],
    "L2 makes layers less sparse (points)": lambda: [
        difference("L2     : zeros", "without: zeros", place) for place in (0, 1)
    ],
    "filters look cleaner (hundredths)": lambda: [
        named("neighbours alike", "dropout") - named("neighbours alike", "without")
    ],
}  # fmt: skip


@pytest.mark.parametrize("claim", ABOVE)
def test_each_difference_is_that_of_the_figures_printed_above_it(claim):
    shown = [float(mean) for mean, _ in FOUND.findall(TABLE[claim])]
    # Means and differences are rounded each by itself.
    np.testing.assert_allclose(shown, ABOVE[claim](), atol=0.21)


# The page run again


def run(sections, **changed):
    """Run the code of some sections after the set-up, in which `changed` says what is replaced by what."""
    source, wanted = PAGE.cells[1].source, False
    for old, new in {SEEDS: SEEDS, **changed}.items():
        assert old in source
        source = source.replace(old, new)
    names = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(source, names)
        for cell in PAGE.cells[2:]:
            if cell.source.startswith("## "):
                wanted = sections is None or cell.source.splitlines()[0] in sections
            if wanted and pages.role(cell) in ("code", "picture"):
                exec(compile(cell.source, cell.id, "exec"), names)
    return names


CLASS = ("## Remove neurons", "## Contributions that cancel")
FEW = {SEEDS: "seeds, claims = range(4, 8), {}"}


def test_with_the_networks_exchanged_the_verdicts_turn():
    arms = "(1.0, 1.0, 1.0), (0.8, 0.5, 0.5)"
    exchanged = {arms: "(0.8, 0.5, 0.5), (1.0, 1.0, 1.0)"}
    words = {claim: judged.word for claim, judged in run(CLASS, **FEW, **exchanged)["claims"].items()}
    assert words == {claim: "does not hold here" for claim in list(ABOVE)[:2]}


def interval_by_hand(values):
    """Student's t, three degrees of freedom."""
    return statistics.mean(values), 3.1824 * statistics.stdev(values) / len(values) ** 0.5


def accuracies(network, images, labels, order):
    """Give the accuracy with 0, 1, ... of the neurons gone, by setting their weights to 0 one after another."""
    *_, hidden, _ = network.activations(images)
    last, found = network.weights[-1].copy(), []
    for unit in [None, *order]:
        if unit is not None:
            last[unit] = 0
        found.append(100 * ((hidden @ last + network.biases[-1]).argmax(axis=1) == labels).mean())
    return found


def test_the_plotted_intervals_come_from_the_seeds_that_the_page_names():
    names = run(CLASS[:1], **FEW)
    settings = [(0.8, 0.5, 0.5), (1.0, 1.0, 1.0)]
    tried = try_settings(settings, sizes=(64, 64, 24, 10), seeds=range(4, 8), epochs=60)
    for name, networks in zip(("with dropout", "without"), tried.networks, strict=True):
        by_seed = []
        for place, seed in enumerate(range(4, 8)):
            task = tried.task.test_inputs[place], tried.task.test_labels[place]
            orders = [np.random.default_rng([seed, number]).permutation(24) for number in range(8)]
            by_seed.append(np.mean([accuracies(networks.replica(place), *task, order) for order in orders], axis=0))
        means, halves = zip(*map(interval_by_hand, np.transpose(by_seed).tolist()), strict=True)
        np.testing.assert_allclose(names["lines"][name], means, rtol=1e-9)
        lower, upper = np.subtract(means, halves), np.add(means, halves)
        np.testing.assert_allclose(names["bands"][name], [lower, upper], rtol=1e-3)
    stored = [cell.outputs[0].data["text/plain"] for cell in PAGE.cells if pages.role(cell) == "picture"]
    assert sum("95 % intervals: 10 seeds." in sentence for sentence in stored) == 1


@pytest.mark.slow
def test_a_second_set_of_seeds_gives_the_same_verdicts():
    found = run(None, **{SEEDS: "seeds, claims = range(20, 30), {}"})["claims"]
    assert {claim: judged.word for claim, judged in found.items()} == {
        claim: re.fullmatch(PATTERN, line)[1] for claim, line in TABLE.items()
    }
