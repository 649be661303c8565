"""Every explorer at every option and at the ends and middle of every slider, against a mask computed here again."""

import re
from dataclasses import replace
from importlib import import_module
from itertools import combinations, product
from xml.etree import ElementTree

import numpy as np
import pytest
from helpers.explorer_data import GRID, KEEP_PROBS, RESULTS, TRUTHS, fit_nothing, put, slowly, train_and_put
from helpers.explorer_panels import COUNTED, DROPPED, IMAGES, LABELS, PLAIN, TASK, UNDROPPED, panel_of
from helpers.svg import kept_and_dropped, kept_of

from dropout_lib import explorers

DRAWS = 3
DRAWN = ("neurons", "wiring", "sums", "attention_row")
# The package exports the functions, which hide their modules.
MODULES = {
    name: import_module(f"dropout_lib.explorers.{name}")
    for name in ("neurons", "wiring", "sums", "attention_row", "subnetworks", "damage", "contributions")
}


def stops(control):
    """Give the values of a control at which it is looked at: all, or the ends and the middle of a continuous one."""
    if hasattr(control.box, "options"):
        return list(control.box.options)
    low, high = control.box.min, control.box.max
    if not isinstance(low, int):
        return [low, (low + high) / 2, high, 0.3]
    return list(range(low, high + 1))


def sweep(panel):
    """Take a panel through its controls, singly and in pairs, and a few draws; stop at each picture."""
    begin = {name: control.box.value for name, control in panel.controls.items()}
    for draw in range(DRAWS if "draw" in panel.buttons else 1):
        for names in [*((name,) for name in begin), *combinations(begin, 2)]:
            for values in product(*(stops(panel.controls[name]) for name in names)):
                put(panel, begin | dict(zip(names, values, strict=True)))
                assert panel.values["draw"] == draw
                yield panel.values
        if "draw" in panel.buttons:
            panel.buttons["draw"].click()


def switched(panel):
    """Switch every neuron of a panel, singly and in pairs; stop at each picture."""
    for neurons in [*((button,) for button in panel.switches), *combinations(panel.switches, 2)]:
        for button in neurons:
            button.click()
            yield panel.values
        panel.buttons["reset"].click()
        yield panel.values


LIMITS = re.compile(r"([\w ]+): a (whole )?number from (-?[\d.]+) to ([\d.]+)(, with a decimal point, not a comma)?\. ")


def as_shown(panel):
    """Give the sentence and the SVG, after proving that the page shows both, and no error.

    Before the sentence, a number that was typed at an end has its limits: they are compared, and taken off.
    """
    assert panel.error == ""
    whole, root = ElementTree.fromstring(panel._shown.value), ElementTree.fromstring(panel.picture.svg)
    assert "".join(whole.find("p").itertext()) == panel.picture.sentence == root.get("aria-label")
    assert panel.picture.svg in panel._shown.value
    limits = LIMITS.match(panel.picture.sentence)
    if not limits:
        return panel.picture.sentence, root
    (box,) = [control.box for control in panel.controls.values() if control.box.description == limits[1]]
    assert [float(limits[3]), float(limits[4])] == [box.min, box.max] and box.value in (box.min, box.max)
    assert bool(limits[2]) == isinstance(box.value, int) == (not limits[5])
    return panel.picture.sentence.removeprefix(limits[0]), root


def names_of(mask):
    return {int(index) + 1 for index in np.flatnonzero(mask)}


def crosses(root):
    return sum(element.get("class") == "cross" for element in root.iter())


def drawn_kept(root):
    """Read the neurons that are drawn as kept, and those drawn as dropped."""
    drawn = [(int(el.get("data-neuron")), el.get("data-kept")) for el in root.iter() if el.get("data-neuron")]
    return {name for name, kept in drawn if kept == "1"}, {name for name, kept in drawn if kept == "0"}


# One comparison for each explorer


def check_neurons(panel, values):
    units, example = values["units"], values["example"] - 1
    numbers = np.random.default_rng([1, values["draw"]]).random((4, 12))[:, :units]
    kept = numbers < values["keep_prob"]
    sentence, root = as_shown(panel)
    assert sentence.startswith(f"keep_prob {values['keep_prob']:g}, example {example + 1}: ")
    assert kept_and_dropped(sentence) == (names_of(kept[example]), units, int((~kept[example]).sum()))
    others = {int(row): kept_of(words) for row, words in re.findall(r"example (\d+): ([\d, and]+|none)[;.]", sentence)}
    assert others == {row + 1: names_of(kept[row]) for row in range(4) if row != example}
    assert drawn_kept(root) == (names_of(kept[example]), names_of(~kept[example]))
    assert crosses(root) == (~kept).sum() + (~kept[example]).sum()
    drawn = [float(element.get("data-number")) for element in root.iter() if element.get("data-number")]
    assert drawn == list(numbers[example])
    words = [element.text for element in root.iter() if element.get("data-number")]
    assert all(float(word) <= number < float(word) + 0.01 for word, number in zip(words, drawn, strict=True))


def check_wiring(panel, values):
    numbers = np.random.default_rng([2, values["draw"]]).random(5)
    kept = numbers < values["keep_prob"]
    for neuron, state in values["by_hand"].items():
        kept[neuron - 1] = state
    sentence, root = as_shown(panel)
    assert kept_and_dropped(sentence) == (names_of(kept), 5, int((~kept).sum()))
    assert drawn_kept(root) == (names_of(kept), names_of(~kept)) and crosses(root) == (~kept).sum()
    assert [button.description for button in panel.switches] == [
        f"{neuron + 1} {'kept' if kept[neuron] else 'dropped'}" for neuron in range(5)
    ]
    first, second = MODULES["wiring"].network().weights
    inputs, targets = np.array([1.0, 0.5, -1.0]), np.array([1.0, 0.0])
    hidden = np.maximum(inputs @ first, 0)
    outputs = (hidden * kept) @ second
    backward = values["show"].startswith("backward")
    title, *given = re.search(r"(Outputs|Gradients at the outputs): (-?[\d.]+) and (-?[\d.]+)\.", sentence).groups()
    assert title == ("Gradients at the outputs" if backward else "Outputs")
    np.testing.assert_allclose(np.array(given, float), outputs - targets * backward, atol=0.00501)
    returned = kept * (second @ (outputs - targets))
    at_hidden = returned if backward else hidden * kept
    numbers_drawn = [el.text for el in root.iter() if el.text and re.fullmatch(r"-?\d+\.\d\d", el.text)]
    expected = [*inputs, *at_hidden, *(outputs - targets * backward)]
    np.testing.assert_allclose(np.array(numbers_drawn, float), expected, atol=0.00501)
    assert f"{5 * (~kept).sum()} of 25 lines play no part." in sentence
    dashes = [element.get("stroke-dasharray") for element in root.iter() if element.get("stroke-dasharray")]
    gradients = [np.outer(inputs, returned), np.outer(hidden * kept, outputs - targets)]
    lines = gradients if backward else [first * kept, second * kept[:, np.newaxis]]
    assert dashes.count("2 7") == 5 * (~kept).sum()
    assert len(dashes) - dashes.count("2 7") == sum((matrix < 0).sum() for matrix in lines)
    if values["by_hand"]:
        last = list(values["by_hand"])[-1]
        pattern = r"Neuron (\d), set by hand: its number ([\d.]+), mask ([01]), activation ([\d.]+) before the mask"
        pattern += r", gradient (-?[\d.]+)\." if backward else r"\.$"  # the next vote asks about the gradient
        given = re.search(pattern, sentence).groups()
        told = (numbers, kept, hidden, returned) if backward else (numbers, kept, hidden)
        expected = [last, *(array[last - 1] for array in told)]
        np.testing.assert_allclose(np.array(given, float), expected, atol=0.00501)
    else:
        assert "by hand" not in sentence


def check_sums(panel, values):
    keep_prob, units = values["keep_prob"], values["units"]
    activations = np.random.default_rng(3).uniform(0.5, 1.5, units)
    activations *= 6 / activations.sum()
    kept = np.random.default_rng([3, values["draw"]]).random(units) < keep_prob
    mean, variance = activations.sum(), (activations**2).sum()
    expected = {
        "unscaled": [keep_prob * mean, np.sqrt(keep_prob * (1 - keep_prob) * variance), activations[kept].sum()],
        "inverted": [mean, np.sqrt((1 - keep_prob) / keep_prob * variance), activations[kept].sum() / keep_prob],
        "inference": [mean, 0, mean],
    }
    sentence, _ = as_shown(panel)
    reading = re.findall(r"(\w+): mean ([\d.]+), spread ([\d.]+), now ([\d.]+\d)", sentence)
    assert [name for name, *_ in reading] == list(expected)
    for name, *numbers in reading:
        np.testing.assert_allclose(np.array(numbers, float), expected[name], atol=0.00501, err_msg=name)


SCORES = [0.2, 1.4, 0.9, -0.8, -0.3, 0.6]


def check_attention_row(panel, values):
    """Compare with weights computed here from powers of e, mask by mask."""
    keep_prob, numbers = values["keep_prob"], np.random.default_rng([4, values["draw"]]).random(6)
    powers, after = np.exp(SCORES), values["way"] == "after the softmax"

    def weights(kept):
        return kept * powers / (keep_prob * powers.sum() if after else (kept @ powers))

    means, total = np.zeros(6), 0.0
    for kept in product((0, 1), repeat=6):
        if any(kept):
            chance = keep_prob ** sum(kept) * (1 - keep_prob) ** (6 - sum(kept))
            means, total = means + chance * weights(np.array(kept)), total + chance
    kept = numbers < keep_prob
    sentence, root = as_shown(panel)
    assert sentence.startswith(f"keep_prob {keep_prob:g}, dropped {values['way']}: ")
    assert kept_and_dropped(sentence) == (names_of(kept), 6, int((~kept).sum()))
    assert drawn_kept(root) == (names_of(kept), names_of(~kept)) and crosses(root) == (~kept).sum()
    heights = [float(element[0].get("cy")) for element in root.iter() if element.get("data-neuron")]
    assert np.corrcoef(heights, numbers)[0, 1] < -0.9999  # each at its own number, upwards
    given = [
        np.array(re.findall(r"[\d.]+\d", words), float)
        for words in re.split(r"Weights |, which sum to |Undropped: |; mean over all masks: |Nothing is", sentence)[1:]
    ]
    if not after and not kept.any():
        assert "there are no weights" in sentence
        given, due = given[1:], []
    else:
        due = [weights(kept), [weights(kept).sum()]]
    due += [powers / powers.sum(), means if after else means / total]
    assert len(given) == len(due)
    for read, expected in zip(given, due, strict=True):
        np.testing.assert_allclose(read, expected, atol=0.00501)


def check_subnetworks(panel, values):
    """Compare with all 64 sub-networks of six hidden neurons, run one after another."""
    keep_prob, image = values["keep_prob"], values["image"] - 1
    hidden = np.maximum(IMAGES @ COUNTED.weights[0] + COUNTED.biases[0], 0)
    members, chances = [], []
    for mask in product([False, True], repeat=6):
        sums = hidden * mask / keep_prob @ COUNTED.weights[1] + COUNTED.biases[1]
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        members.append(powers / powers.sum(axis=1, keepdims=True))
        chances.append(np.prod([keep_prob if kept else 1 - keep_prob for kept in mask]))
    members, chances, label = np.array(members), np.array(chances), LABELS[image]
    geometric = np.exp(np.tensordot(chances, np.log(members), 1))
    full = np.exp(hidden @ COUNTED.weights[1] + COUNTED.biases[1])
    averages = [np.tensordot(chances, members, 1), *(one / one.sum(axis=1, keepdims=True) for one in (geometric, full))]
    says, scores = members.argmax(axis=2), 100 * (members.argmax(axis=2) == LABELS).mean(axis=1)
    kept = np.random.default_rng([7, values["draw"]]).random(6) < keep_prob
    for neuron, state in values["by_hand"].items():
        kept[neuron - 1] = state
    chosen = int("".join(str(int(one)) for one in kept), 2)
    sentence, root = as_shown(panel)
    right = says[:, image] == label
    article = "an" if label == 8 else "a"
    opening = (
        f"keep_prob {keep_prob:g}, image {image + 1}, {article} {label}: {right.sum()} of 64 sub-networks say so, "
    )
    assert sentence.startswith(opening)
    reading = re.search(
        rf"probability ([\d.]+) together\. Probability given to the digit {label}: arithmetic ([\d.]+), geometric "
        r"([\d.]+), weight scaling ([\d.]+); accuracy ([\d.]+)%, ([\d.]+)% and ([\d.]+)%; mean accuracy of a "
        r"sub-network ([\d.]+)%\.",
        sentence,
    ).groups()
    expected = [chances[right].sum(), *(one[image, label] for one in averages)]
    np.testing.assert_allclose(np.array(reading[:4], float), expected, atol=0.000501)
    expected = [*(100 * (one.argmax(axis=1) == LABELS).mean() for one in averages), chances @ scores]
    np.testing.assert_allclose(np.array(reading[4:], float), expected, atol=0.0501)
    assert kept_and_dropped(sentence) == (names_of(kept), 6, int((~kept).sum()))
    assert drawn_kept(root) == (names_of(kept), names_of(~kept)) and crosses(root) == (~kept).sum()
    pattern = r"This sub-network says (\d), has accuracy ([\d.]+)% and probability ([\d.e-]+)\.$"
    digit, score, chance = re.search(pattern, sentence).groups()
    assert int(digit) == says[chosen, image] and float(score) == pytest.approx(scores[chosen], abs=0.0501)
    assert float(chance) == pytest.approx(chances[chosen], rel=0.06)
    dots = [element for element in root.iter() if element.get("class") == "correct"]
    dashes = [element for element in root.iter() if element.get("class") == "wrong"]
    marks = [sum(element.get("d").count("M") for element in some) for some in (dots, dashes)]
    assert marks == [right.sum() + 1, 64 - right.sum() + 1]  # each is in the legend once


def last_layer(network):
    """Give the activations of the hidden layer for the images, its weights to the outputs, and the outputs."""
    hidden = np.maximum(IMAGES @ network.weights[0] + network.biases[0], 0)
    return hidden, network.weights[1], hidden @ network.weights[1] + network.biases[1]


def by_help(network):
    """Order the neurons by what they add to the margins, on average over the images, one after another."""
    hidden, weights, outputs = last_layer(network)
    help_of = np.zeros(6)
    for each, label, sums in zip(hidden, LABELS, outputs, strict=True):
        rival = max((digit for digit in range(10) if digit != label), key=lambda digit: sums[digit])
        help_of += each * (weights[:, label] - weights[:, rival])
    return sorted(range(6), key=lambda unit: -help_of[unit])


def check_damage(panel, values):
    order = range(6) if "helpful" in values["order"] else np.random.default_rng([6, values["draw"]]).permutation(6)
    kept = np.array([rank not in list(order)[: values["removed"]] for rank in range(6)])
    for neuron, state in values["by_hand"].items():
        kept[neuron - 1] = state
    sentence, root = as_shown(panel)
    by_hand = ", then changed by hand" if values["by_hand"] else ""
    idle = "; New draw changes only the order at random" * (values["draw"] > 0 and "helpful" in values["order"])
    assert sentence.startswith(f"{values['order'].capitalize()}{by_hand}{idle}. ")
    assert kept_and_dropped(sentence) == (names_of(kept), 6, int((~kept).sum()))
    assert drawn_kept(root) == (names_of(kept), names_of(~kept)) and crosses(root) == (~kept).sum()
    marks = "".join(element.text for element in root.iter() if element.text in ("✓", "✗", "·"))
    for row, (name, network) in enumerate({"Without dropout": UNDROPPED, "With dropout": COUNTED}.items()):
        hidden, weights, outputs = last_layer(network)
        for rank, unit in enumerate(by_help(network)):
            outputs = outputs - (0 if kept[rank] else 1) * np.outer(hidden[:, unit], weights[unit])
        before, now = (each.argmax(axis=1) == LABELS for each in (last_layer(network)[2], outputs))
        reading = re.search(
            rf"{name}: accuracy ([\d.]+)%, with all ([\d.]+)%; lost (\w+) of 16 images(?:: numbers? ([^.]+))?\.",
            sentence,
        )
        expected = [100 * now.mean(), 100 * before.mean()]
        np.testing.assert_allclose(np.array(reading.groups()[:2], float), expected, atol=0.0501)
        lost = names_of((before & ~now)[:16])
        assert (reading[3], kept_of(reading[4] or "none")) == (str(len(lost) or "none"), lost)
        pairs = zip(before[:16], now[:16], strict=True)
        assert marks[16 * row : 16 * row + 16] == "".join(
            ("✓" if after else "✗") if was else "·" for was, after in pairs
        )


def check_contributions(panel, values):
    network = COUNTED if values["network"] == "with dropout" else UNDROPPED
    hidden, weights, outputs = (part if place == 1 else part[values["image"] - 1] for place, part in
                                enumerate(last_layer(network)))  # fmt: skip
    label = LABELS[values["image"] - 1]
    rival = sorted((digit for digit in range(10) if digit != label), key=lambda digit: -outputs[digit])
    rival = rival[values["rival"] - 1]
    added = (hidden * (weights[:, label] - weights[:, rival]))[by_help(network)]
    sentence, root = as_shown(panel)
    network_words = values["network"].capitalize()
    assert sentence.startswith(f"{network_words}, image {values['image']}, {label} against {rival}: ")
    pattern = r"(\d+) neurons? for it, together ([\d.]+); (\d+) against it, (-?[\d.]+); sum (-?[\d.]+)\. "
    assert "-0.00" not in sentence and ("1 neurons" not in sentence)
    reading = re.search(pattern + r"Sum of sizes / size of sum: ([\d.]+\d|without limit)\.", sentence)
    expected = [(added > 0).sum(), added[added > 0].sum(), (added < 0).sum(), added[added < 0].sum(), added.sum()]
    np.testing.assert_allclose(np.array(reading.groups()[:5], float), expected, atol=0.00501)
    if added.any():
        np.testing.assert_allclose(float(reading[6]), np.abs(added).sum() / abs(added.sum()), atol=0.0501)
    reading = re.search(r"Neuron (\d) adds most, (-?[\d.]+); neuron (\d) adds least, (-?[\d.]+)\.$", sentence).groups()
    np.testing.assert_allclose(np.array(reading[1::2], float), [added.max(), added.min()], atol=0.00501)
    np.testing.assert_allclose(added[[int(reading[0]) - 1, int(reading[2]) - 1]], [added.max(), added.min()])


def check_history(panel, values):
    epoch = values["epoch"]
    sentence, root = as_shown(panel)
    snapshots = DROPPED.snapshots[epoch - 1], PLAIN.snapshots[epoch - 1]
    wanted = {"test": (TASK.test_inputs, TASK.test_labels), "training": (TASK.inputs, TASK.labels)}
    expected = [
        100 * (snapshot.network.predict(inputs).argmax(axis=1) == labels).mean()
        for inputs, labels in wanted.values()
        for snapshot in snapshots
    ]
    reading = re.findall(r"(?:test|training), \w+(?: dropout)?: ([\d.]+)%", sentence)
    assert sentence.startswith(f"Epoch {epoch}, accuracy with the masks off. test, with dropout: ")
    np.testing.assert_allclose(np.array(reading, float), expected, atol=0.0501)
    (dropped,) = re.findall(r"Dropped in the first example, ([^.]+)\.", sentence)
    layers = dict(re.findall(r"(inputs|hidden 1|hidden 2): ([\d, ]+\d(?: and \d+ more)?|none)", dropped))
    assert list(layers) == ["inputs", "hidden 1", "hidden 2"]
    for (name, words), mask in zip(layers.items(), snapshots[0].masks, strict=True):
        out = [int(place) + 1 for place in np.flatnonzero(~mask[0])]
        more = int(words.split(" and ")[1].split()[0]) if " and " in words else 0
        first = [int(number) for number in re.findall(r"\d+", words.split(" and ")[0])]
        assert first == out[:6] and len(first) + more == len(out), name
    lines = [element.get("d") for element in root.iter() if element.get("class") == "curve"]
    assert [len(line.split("L")) for line in lines] == [epoch + 1] * 4


def interval_words(values):
    """Say mean and half width of the 95% interval of four values: Student's t, three degrees of freedom."""
    return f"{values.mean():.1f} ± {3.1824 * values.std(ddof=1) / 2:.1f}%"


def check_choice(panel, values):
    mine = [values[name] for name in ("inputs", "hidden 1", "hidden 2")]
    rows = {
        "without dropout": GRID.index((1.0, 1.0, 1.0)),
        "best tried": int(RESULTS.validation.sum(axis=1).argmax()),
        "nearest tried": int(np.abs(np.array(GRID) - mine).sum(axis=1).argmin()),
    }
    if list(GRID[rows["nearest tried"]]) == mine:
        rows["your choice"] = rows.pop("nearest tried")
    reading = [
        f"{name} (keep_prob {', '.join(f'{k:g}' for k in GRID[row])}) {interval_words(RESULTS.test[row])}"
        for name, row in rows.items()
    ]
    own = "" if "your choice" in rows else f" You chose keep_prob {', '.join(f'{k:g}' for k in mine)}."
    sentence, root = as_shown(panel)
    assert sentence == f"Test accuracy with its 95% interval: {'; '.join(reading)}. Over 4 seeds.{own}"
    marked = [element.get("class") for element in root.iter() if element.get("class")]
    means = [RESULTS.test[row].mean() for row in rows.values()]
    assert marked == ["mean" if 70 <= mean <= 95 else "arrow" for mean in means]


PLACES = np.linspace(-2, 2, 121)


def check_spread(panel, values):
    """Compare with masks and predictions computed here; the gap shown is the one fitted, whatever the boxes say."""
    row = 3 * list(TRUTHS).index(values["function"]) + KEEP_PROBS.index(values["keep_prob"])
    inputs, _, networks = fit_nothing((-0.4, 0.4), None)
    numbers = np.random.default_rng([8, values["draw"]]).random((values["samples"], 2, 7))
    factors = (numbers < values["keep_prob"])[:, :, np.newaxis] / values["keep_prob"]
    outputs_by_layer = PLACES[:, np.newaxis]
    for layer in range(3):
        outputs_by_layer = outputs_by_layer @ networks.weights[layer][row]
        if layer < 2:
            outputs_by_layer = np.maximum(outputs_by_layer, 0) * (factors[:, layer] if values["keep_prob"] < 1 else 1)
    answers = np.broadcast_to(outputs_by_layer, (values["samples"], 121, 1))[..., 0]
    mean, spread = answers.mean(axis=0), answers.std(axis=0, ddof=1)
    covered = np.abs(mean - TRUTHS[values["function"]](PLACES)) <= 2 * spread
    sentence, root = as_shown(panel)
    gap = round(values["start"], 2), round(values["stop"], 2)
    set_to = f"{gap[0] + 0.0:g} to {gap[1] + 0.0:g}"
    request = f"You set the gap {set_to}: press Train."
    if gap[0] >= gap[1]:
        request = f"A gap must go from a smaller number to a larger one, and {set_to} does not: set it again."
    assert panel.task.buttons["start"].disabled == (gap[0] >= gap[1])
    words = "" if gap == (-0.4, 0.4) else f"{request} Shown: "
    opening = f"{words}{values['function']}, gap -0.4 to 0.4, keep_prob {values['keep_prob']:g}, "
    assert sentence.startswith(f"{opening}{values['samples']} samples. Near data: mean spread ")
    far, inside = np.abs(PLACES) > 1.001, np.abs(PLACES) < 0.399
    for name, there in {"near data": ~far & ~inside, "in the gap": inside, "far away": far}.items():
        words = rf"{name}: ([\d.]+), (\d+)%"
        if name == "near data":
            words = r"Near data: mean spread ([\d.]+), the true function is inside the band at (\d+)% of the places;"
        reading = re.search(words, sentence).groups()
        np.testing.assert_allclose(float(reading[0]), spread[there].mean(), atol=0.000501)
        np.testing.assert_allclose(float(reading[1]), 100 * covered[there].mean(), atol=0.501)
    reading = re.search(r"At 0, 5 sampled functions give ([-\d., ]+)\.$", sentence)[1].split(", ")
    np.testing.assert_allclose(np.array(reading, float), answers[:5, 60], atol=0.00501)
    assert "-0.00" not in reading
    assert sum(element.get("class") == "sample" for element in root.iter()) == 5
    shown = [float(element.get("cx")) for element in root.iter() if element.get("class") == "point"]
    np.testing.assert_allclose(shown, 54 + 690 * (inputs[row, :, 0] + 2) / 4, atol=0.051)


def check_ridge(panel, values):
    """Find the least by lists of masks: least squares over a Gaussian's corners, with the features' own moments."""
    scales, rho, keep_prob = (
        np.array([values["scale_1"], values["scale_2"]]),
        values["correlation"],
        values["keep_prob"],
    )
    # Four examples whose mean products are those of two features with this correlation.
    turned = np.array([[1, 0], [rho, np.sqrt(1 - rho**2)]]) @ np.array([[1, 1, -1, -1], [1, -1, 1, -1]])
    x, y = turned.T * scales, 1.5 * turned[0] + 0.5 * turned[1]
    found = []
    for keep in (1.0, keep_prob):
        masked = [
            (np.sqrt(keep ** sum(mask) * (1 - keep) ** (2 - sum(mask))), mask) for mask in product([0, 1], repeat=2)
        ]
        rows = np.concatenate([root * x * mask / keep for root, mask in masked])
        found.append(np.linalg.lstsq(rows, np.concatenate([root * y for root, _ in masked]))[0])
    sentence, root = as_shown(panel)
    words = (
        "Scales # and #, correlation #, keep_prob #: weight times scale is # and #. Weights where the loss is least: "
        "without dropout at # and #; keep_prob # at # and #."
    )
    pattern = re.escape(words).replace(r"\#", r"(-?[\d.]*\d)")
    numbers = np.array(re.fullmatch(pattern, sentence).groups(), float)
    expected = [*scales, rho, keep_prob, *(scales * found[1]), *found[0], keep_prob, *found[1]]
    np.testing.assert_allclose(numbers, expected, atol=0.00501)
    assert "-0.00" not in sentence
    names = [element.text for element in root.iter() if element.get("font-weight") == "bold"]
    assert names == ["without dropout", f"keep_prob {keep_prob:g}"]
    (path,) = [element.get("d") for element in root.iter() if element.get("class") == "path"]
    places = np.array(re.findall(r"[ML]([\d.]+) ([\d.]+)", path), float)
    marks = [element for element in root.iter() if element.get("class") == "least"]
    begin = [float(marks[0].get("x")) + 9, float(marks[0].get("y")) + 9]
    np.testing.assert_allclose(places[0], begin, atol=0.11)
    dot = [float(marks[2].get("cx")), float(marks[2].get("cy"))]  # the second and the last are in the legend
    assert np.hypot(*(places - dot).T).min() < 2.5


SWEEPS = {
    "neurons": check_neurons,
    "wiring": check_wiring,
    "sums": check_sums,
    "subnetworks": check_subnetworks,
    "history": check_history,
    "ridge": check_ridge,
}
SWEEPS |= {"attention_row": check_attention_row}
SWEEPS |= {"choice": check_choice, "spread": check_spread, "damage": check_damage, "contributions": check_contributions}
SWITCHED = {"wiring", "subnetworks", "damage"}


def test_every_explorer_has_a_sweep():
    assert set(explorers.__all__) == set(SWEEPS)


@pytest.mark.parametrize("name", explorers.__all__)
def test_every_picture_of_an_explorer_agrees_with_a_mask_computed_here(name):
    panel, pictures = panel_of(name), set()
    for values in sweep(panel):
        SWEEPS[name](panel, values)
        pictures.add(panel.picture)
    assert len(pictures) > 12


def test_every_explorer_with_switches_has_them_swept():
    assert {name for name in explorers.__all__ if panel_of(name).switches} == SWITCHED


@pytest.mark.parametrize("name", sorted(SWITCHED))
def test_every_neuron_switched_by_hand_agrees_too(name):
    panel = panel_of(name)
    for _ in range(DRAWS):
        held = {name: [0.3, 0.8] if name == "keep_prob" else stops(each)[:2] for name, each in panel.controls.items()}
        for chosen in product(*held.values()):
            put(panel, dict(zip(held, chosen, strict=True)))
            for values in switched(panel):
                SWEEPS[name](panel, values)
        panel.buttons["draw"].click()


@pytest.mark.parametrize("name", ["neurons", "wiring", "attention_row"])
def test_as_keep_prob_falls_neurons_go_one_after_another_and_none_comes_back(name):
    panel, seen = getattr(explorers, name)(), []
    for hundredths in range(100, round(100 * panel.controls["keep_prob"].box.min) - 1, -1):
        panel.controls["keep_prob"].box.value = hundredths / 100
        seen.append(drawn_kept(ElementTree.fromstring(panel.picture.svg))[0])
    assert all(later <= before for before, later in zip(seen, seen[1:], strict=False))
    assert len(seen[0]) == len(drawn_kept(ElementTree.fromstring(panel.picture.svg))[1] | seen[-1]) > len(seen[-1])


@pytest.mark.parametrize("name", DRAWN)
def test_the_same_values_give_the_same_picture_and_a_new_draw_another(name):
    one, other = getattr(explorers, name)(), getattr(explorers, name)()
    assert one.picture == other.picture
    pictures = [one.picture]
    for _ in range(5):
        one.buttons["draw"].click()
        pictures.append(one.picture)
    assert len({picture.sentence for picture in pictures}) > 3
    assert other.draw(**one.values) == one.picture


@pytest.mark.parametrize("name", DRAWN)
@pytest.mark.parametrize(
    "planted",
    [
        lambda shape, *, keep_prob, rng: rng.random(shape) > keep_prob,
        lambda shape, *, keep_prob, rng: rng.random(shape) < 1 - keep_prob,
        lambda shape, *, keep_prob, rng: rng.permuted(rng.random(shape), axis=-1) < keep_prob,
        lambda shape, *, keep_prob, rng: np.random.default_rng(0).random(shape) < keep_prob,
        lambda shape, *, keep_prob, rng: np.roll(rng.random(shape) < keep_prob, 1, axis=-1),
    ],
    ids=["exchanged", "rate", "other order", "other seed", "next neuron"],
)
def test_a_sweep_notices_another_mask(name, planted, monkeypatch):
    monkeypatch.setattr(MODULES[name], "draw_mask", planted)
    panel = getattr(explorers, name)()
    with pytest.raises(AssertionError):
        for values in sweep(panel):
            SWEEPS[name](panel, values)


def check_updates(panel, values):
    """Check what the sentence tells of the bars against the recorded changes, and how many bars there are."""
    check_history(panel, values)
    sentence, root = as_shown(panel)
    snapshot, number = DROPPED.snapshots[values["epoch"] - 1], r"([\d.e-]+)"
    reading = re.findall(
        rf"hidden (\d): most for neuron (\d+) \({number}\), mean {number} for kept, {number} for dropped neurons; "
        r"not at all for (\d+) neurons?\.",
        sentence,
    )
    assert [layer for layer, *_ in reading] == ["1", "2"]
    for (_, neuron, *numbers), change, mask in zip(reading, snapshot.changes, snapshot.masks[1:], strict=False):
        lengths = np.sqrt((change**2).sum(axis=0))
        assert int(neuron) == lengths.argmax() + 1
        expected = [lengths.max(), lengths[mask[0]].mean(), lengths[~mask[0]].mean(), (lengths == 0).sum()]
        np.testing.assert_allclose(np.array(numbers, float), expected, rtol=0.051)
    without = ElementTree.fromstring(explorers.history(DROPPED, PLAIN).picture.svg)
    bars = sum(
        len(list(each.iter(f"{{http://www.w3.org/2000/svg}}{kind}"))) * sign
        for each, sign in ((root, 1), (without, -1))
        for kind in ("rect", "line")
    )
    assert bars == 20 + 12 + 2  # one for each hidden neuron, and a ground for each layer


def test_the_history_with_updates_tells_how_far_the_weights_moved():
    panel = explorers.history(DROPPED, PLAIN, updates=True)
    for values in sweep(panel):
        check_updates(panel, values)


def test_a_sweep_notices_the_updates_of_another_step():
    shifted = [replace(later, changes=DROPPED.snapshots[0].changes) for later in DROPPED.snapshots]
    panel = explorers.history(replace(DROPPED, snapshots=shifted), PLAIN, updates=True)
    with pytest.raises(AssertionError):
        for values in sweep(panel):
            check_updates(panel, values)


def test_a_sweep_notices_the_masks_of_another_step():
    shifted = [replace(later, masks=DROPPED.snapshots[0].masks) for later in DROPPED.snapshots]
    panel = explorers.history(replace(DROPPED, snapshots=shifted), PLAIN)
    with pytest.raises(AssertionError):
        for values in sweep(panel):
            SWEEPS["history"](panel, values)


def _other(name, **changed):
    """Make a function of the explorer's that gets other arguments than it was given."""
    own = getattr(MODULES["subnetworks"], name)
    return lambda *given, **options: own(*given, **options | changed)


@pytest.mark.parametrize(
    ("name", "planted"),
    [
        ("draw_mask", lambda shape, *, keep_prob, rng: rng.random(shape) > keep_prob),
        ("mask_probabilities", _other("mask_probabilities", keep_prob=0.5)),
        ("masked_predictions", _other("masked_predictions", keep_prob=(1.0, 0.5))),
        ("exact_averages", _other("exact_averages", keep_prob=(1.0, 0.5))),
        ("all_masks", lambda units: MODULES["subnetworks"].np.tri(2**units, units, dtype=bool)),
        ("accuracy", lambda shares, labels: (shares.argmax(axis=-1) != labels).mean(axis=-1)),
    ],
)
def test_a_sweep_notices_other_sub_networks(name, planted, monkeypatch):
    monkeypatch.setattr(MODULES["subnetworks"], name, planted)
    panel = panel_of("subnetworks")
    with pytest.raises(AssertionError):
        for values in sweep(panel):
            SWEEPS["subnetworks"](panel, values)


@pytest.mark.parametrize(
    ("explorer", "module", "name", "planted"),
    [
        ("damage", MODULES["damage"], "most_helpful_first", lambda values: values.mean(axis=-2).argsort(axis=-1)),
        (
            "damage",
            MODULES["damage"],
            "accuracy",
            lambda outputs, labels: (outputs.argmax(axis=-1) != labels).mean(axis=-1),
        ),
        ("damage", MODULES["damage"], "margin_contributions", lambda network, *given: network.activations(IMAGES)[-2]),
        ("contributions", MODULES["contributions"], "margin_contributions", lambda network, *given: -np.ones((1, 6))),
    ],
)
def test_a_sweep_notices_other_contributions(explorer, module, name, planted, monkeypatch):
    monkeypatch.setattr(module, name, planted)
    panel = panel_of(explorer)
    with pytest.raises(AssertionError):
        for values in sweep(panel):
            SWEEPS[explorer](panel, values)


# Training from a panel


def scores_of(settings):
    """Give accuracies, four seeds each, that tell settings apart."""
    return np.array([80 + 10 * np.array(setting) @ [0.3, 0.5, 0.7] + np.array([0, 1, 2, 4]) for setting in settings])


@pytest.mark.parametrize(
    ("press", "words"),
    [
        ("start", "Trained: keep_prob 0.8, 0.35, 0.9. Set it again to see it."),
        ("stop", "Training keep_prob 0.8, 0.35, 0.9: You stopped it at 37%. Nothing new was measured."),
    ],
)
def test_a_choice_that_is_changed_while_it_trains_is_named(press, words):
    slow, inside, go_on = slowly(scores_of)
    panel = explorers.choice(GRID, RESULTS, slow)
    mine = {"inputs": 0.8, "hidden 1": 0.35, "hidden 2": 0.9}
    put(panel, mine)
    train_and_put(panel, {"hidden 1": 0.6}, inside, go_on, press)
    sentence = as_shown(panel)[0]
    assert sentence.endswith(f" Over 4 seeds. You chose keep_prob 0.8, 0.6, 0.9. {words}")
    put(panel, mine)
    assert ("Over 4 new seeds." in as_shown(panel)[0]) == (press == "start")
    put(panel, {"hidden 1": 0.6})
    assert words in as_shown(panel)[0]


def test_new_seeds_are_called_new_and_only_those():
    panel = explorers.choice(GRID, RESULTS, lambda settings, progress: scores_of(settings)[:, :3])
    mine = dict(zip(panel.controls, (0.8, 0.35, 0.9), strict=True))
    put(panel, mine)
    assert " Over 4 seeds. You chose keep_prob 0.8, 0.35, 0.9." in as_shown(panel)[0]
    panel.task.buttons["start"].click()
    panel.task.wait()
    best = GRID[int(RESULTS.validation.mean(axis=1).argmax())]
    one, other = scores_of([(0.8, 0.35, 0.9), best])[:, :3]
    difference = f"{(one - other).mean():+.1f} ± 0.0 (3 of 3 seeds)"
    assert as_shown(panel)[0].endswith(f" Over 3 new seeds. Trained anew. Yours minus the best: {difference}.")
    put(panel, dict(zip(panel.controls, best, strict=True)))
    assert as_shown(panel)[0].endswith(" Over 3 new seeds. Yours is the best tried.")
    put(panel, {"inputs": 1.0, "hidden 1": 0.7, "hidden 2": 0.5})
    assert as_shown(panel)[0].endswith(" Over 4 seeds.")


def test_a_gap_that_does_not_go_up_is_refused_at_once_and_trains_nothing():
    gaps = []
    panel = explorers.spread(TRUTHS, KEEP_PROBS, lambda gap, progress: gaps.append(gap) or fit_nothing(gap, progress))
    for start, stop in ((0.4, -0.4), (0.1, 0.1), (0.0, -0.0)):
        put(panel, {"start": start, "stop": stop})
        words = f"a larger one, and {start:g} to {stop + 0.0:g} does not: set it again. Shown: x²"
        assert words in panel.picture.sentence and "press Train" not in panel.picture.sentence
        panel.task.buttons["start"].click()
        panel.task.wait()
    assert gaps == [(-0.4, 0.4)]
    put(panel, {"stop": 0.7})
    panel.task.buttons["start"].click()
    panel.task.wait()
    assert gaps[1:] == [(0.0, 0.7)] and as_shown(panel)[0].startswith("x², gap 0 to 0.7, keep_prob 0.9, 100 samples. ")


def test_a_gap_that_is_changed_while_it_trains_is_named():
    slow, inside, go_on = slowly(lambda gap: fit_nothing(gap, None))
    panel = explorers.spread(TRUTHS, KEEP_PROBS, slow)
    put(panel, {"start": 0.0})
    train_and_put(panel, {"start": 0.2}, inside, go_on, "stop")
    sentence = as_shown(panel)[0]
    assert sentence.startswith(
        "Training with the gap 0 to 0.4: You stopped it at 37%. The networks are those from before. "
        "You set the gap 0.2 to 0.4: press Train. Shown: x², gap -0.4 to 0.4, "
    )


def test_a_neuron_has_the_same_numbers_at_every_width():
    panel = explorers.neurons()
    for example in (1, 4):
        put(panel, {"example": example})
        widths = []
        for units in range(1, 13):
            put(panel, {"units": units})
            root = ElementTree.fromstring(panel.picture.svg)
            widths.append([element.get("data-number") for element in root.iter() if element.get("data-number")])
        assert all(widths[units - 1] == widths[11][:units] for units in range(1, 13))
