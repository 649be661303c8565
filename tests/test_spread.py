"""Page 09's own: the Train button of its explorer, the challenge of the gap, and how spreads are looked at."""

from xml.etree import ElementTree

import numpy as np
import pytest
from helpers.explorer_data import KEEP_PROBS, TRUTHS, fit_nothing, put, slowly, train_and_put

from dropout_lib import compare, explorers
from dropout_lib.checks.ask_how_sure import gap_to_fool, mean_and_spread
from dropout_lib.checks.probes import expected_spreads, gap_challenge

# The explorer


def a_panel(fit=fit_nothing):
    return explorers.spread(TRUTHS, KEEP_PROBS, fit)


def shown(panel):
    return "".join(ElementTree.fromstring(panel._shown.value).find("p").itertext())


def train_here(panel):
    panel.task.buttons["start"].click()
    panel.task.wait()


def test_train_fits_the_gap_that_the_boxes_say_and_shows_it():
    asked = []
    panel = a_panel(lambda gap, progress: asked.append(gap) or fit_nothing(gap, progress))
    put(panel, {"start": 0.1, "stop": 0.7})
    assert shown(panel).startswith("You set the gap 0.1 to 0.7: press Train. Shown: x², gap -0.4 to 0.4, ")
    train_here(panel)
    assert asked == [(-0.4, 0.4), (0.1, 0.7)]
    assert shown(panel).startswith("x², gap 0.1 to 0.7, keep_prob 0.9, 100 samples. ") and panel.error == ""
    put(panel, {"function": "|x|", "stop": 0.8})
    assert shown(panel).startswith("You set the gap 0.1 to 0.8: press Train. Shown: |x|, gap 0.1 to 0.7, ")


def test_a_fit_that_fails_is_told_and_the_networks_stay():
    def fails(gap, progress):
        if gap != (-0.4, 0.4):
            raise ValueError("A gap must go up.")
        return fit_nothing(gap, progress)

    panel = a_panel(fails)
    put(panel, {"stop": 0.5})
    train_here(panel)
    words = "It failed. ValueError: A gap must go up. The networks are those from before. You set the gap -0.4 to 0.5"
    assert shown(panel).startswith(words) and panel.error == ""
    put(panel, {"stop": 0.4})
    assert shown(panel).startswith("x², gap -0.4 to 0.4, ")


def test_stop_is_told_and_the_networks_stay():
    slow, inside, go_on = slowly(lambda gap: fit_nothing(gap, None), 3, 10)
    panel = a_panel(slow)
    put(panel, {"start": 0.0})
    train_and_put(panel, {}, inside, go_on, "stop")
    assert shown(panel).startswith("You stopped it at 30%. The networks are those from before. You set the gap 0 to")


def test_a_gap_that_moves_while_it_trains_is_not_the_one_shown():
    slow, inside, go_on = slowly(lambda gap: fit_nothing(gap, None))
    panel = a_panel(slow)
    put(panel, {"start": 0.0})
    train_and_put(panel, {"start": 0.2}, inside, go_on)
    assert shown(panel).startswith("You set the gap 0.2 to 0.4: press Train. Shown: x², gap 0 to 0.4, ")


# The challenge


def with_spreads(monkeypatch, inside, near):
    monkeypatch.setattr(gap_challenge, "_spreads", lambda gap: (np.array(inside), np.array(near)))


@pytest.mark.parametrize(("inside", "state"), [(0.05, "yes"), (0.2, "not yet"), (0.099, "not yet")])
def test_a_gap_is_judged_by_the_interval_of_the_difference(inside, state, monkeypatch):
    noise = np.linspace(-0.01, 0.01, 10)
    with_spreads(monkeypatch, inside + noise, np.full(10, 0.1))
    verdict = gap_to_fool(lambda: (0.1, 0.7))
    assert (verdict.state, verdict.mistake) == (state, None)
    assert (
        f"Over 10 new seeds, gap 0.1 to 0.7: spread in hundredths {100 * inside:.1f} in the gap, 10.0 near data"
        in str(verdict)
    )
    assert str(compare(100 * (inside + noise), np.full(10, 10.0))) in str(verdict)
    assert ("For a yes" in str(verdict)) == (state == "not yet")


def test_the_known_gap_fools_and_that_of_the_page_does_not():
    assert gap_to_fool(lambda: gap_challenge.KNOWN)
    assert gap_to_fool(lambda: [-0.4, 0.4]).state == "not yet"


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ((0.1, 0.3), "Your gap from 0.1 to 0.3 is narrower than 0.3."),
        ((0.7, 0.1), "You returned 0.7 and 0.1. A gap goes up, from -0.9 to 0.9."),
        ((-1.0, 0.0), "You returned -1 and 0. A gap goes up"),
        ((0.0, 1.0), "You returned 0 and 1. A gap goes up"),
        ((0.1, np.nan), "You returned 0.1 and nan. A gap goes up"),
        (0.5, "Your result has shape ()"),
        ((0.1, 0.5, 0.9), "Your result has shape (3,), where two numbers"),
    ],
)
def test_what_is_no_gap_gets_a_kind_sentence_and_trains_nothing(given, words, monkeypatch):
    monkeypatch.setattr(gap_challenge, "_spreads", lambda gap: pytest.fail("it was trained"))
    verdict = gap_to_fool(lambda: given)
    assert (verdict.state, verdict.mistake) == ("not yet", None) and words in str(verdict)


@pytest.mark.parametrize("gap", [(-0.9, 0.9), (0.4, 0.7)])  # 0.7 - 0.4 is a little below 0.3
def test_the_widest_gap_and_the_narrowest_are_taken(gap):
    assert gap_challenge.usable(list(gap)) == gap


# The looks at spreads


def test_the_exact_values_are_those_of_all_masks():
    """One image, neuron by neuron, with masks drawn here."""
    one = expected_spreads.probe(0, 0, 0.3)
    masks = np.random.default_rng(5).random((40_000, 1, expected_spreads.UNITS)) < 0.3
    powers = np.exp(one.hidden * masks / 0.3 @ one.weights)
    shares = powers / powers.sum(axis=-1, keepdims=True)
    mean, spread = one.means[expected_spreads.MEAN][0], one.spreads[expected_spreads.DEVIATION][0]
    np.testing.assert_allclose(shares.mean(axis=0), mean.value, atol=0.01)
    np.testing.assert_allclose(shares.std(axis=0), spread.value, atol=0.01)


def test_the_standard_errors_are_those_of_repeated_estimates():
    one, draws = expected_spreads.probe(0, 0, 0.3), expected_spreads.DRAWS
    rng, means, spreads = np.random.default_rng(6), [], []
    for _ in range(200):
        powers = np.exp(one.hidden * (rng.random((draws, 1, expected_spreads.UNITS)) < 0.3) / 0.3 @ one.weights)
        shares = powers / powers.sum(axis=-1, keepdims=True)
        means.append(shares.mean(axis=0))
        spreads.append(shares.std(axis=0))
    mean, spread = one.means[expected_spreads.MEAN][0], one.spreads[expected_spreads.DEVIATION][0]
    np.testing.assert_allclose(np.std(means, axis=0), mean.error, rtol=0.25)  # five standard errors
    np.testing.assert_allclose(np.std(spreads, axis=0), spread.error, rtol=0.25)


def test_a_fifth_too_much_spread_is_seen():
    def wide(hidden, weights, keep_prob, draws, rng):
        mean, spread = mean_and_spread.references[0](hidden, weights, keep_prob, draws, rng)
        return mean, 1.2 * spread

    verdict = mean_and_spread(wide)
    assert (verdict.state, verdict.mistake) == ("not yet", None)
    assert "At keep_prob 0.3, over 3000 draws, the spread for image" in str(verdict)
