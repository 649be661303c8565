"""The fair rivals: as many trials for each, no test label read before the choice, and a part of the file made again."""

import dataclasses

import numpy as np
import pytest

from dropout_lib import Network, accuracy, digits_task, draw_network, generators, train
from dropout_lib.course.stored_results import averaged_masks, fair_rivals, gaussian_damage
from experiments import averaged_masks as averaged
from experiments import gaussian_damage as damage
from experiments import rivals
from experiments.disturbed import Disturbed, drop_connect, gaussian_noise
from experiments.networks import MEASURES

LABELS = ["clean", "noisy"]
each_noise = pytest.mark.parametrize("sums", [gaussian_noise, drop_connect])


# What is stored


@pytest.mark.parametrize("labels", LABELS)
def test_every_method_had_the_same_number_of_trials_and_of_seeds(labels):
    found = fair_rivals(labels)
    assert list(found) == ["none", "early stopping", "L2", "Gaussian noise", "DropConnect", "dropout"]
    trials = {len(set(rival.settings.tolist())) for rival in found.values()}
    assert len(trials) == 1
    for rival in found.values():
        assert rival.seeds.tolist() == list(range(10))
        assert rival.validation.shape == (10, *trials)
        assert rival.test.shape == (10,)


@pytest.mark.parametrize("labels", LABELS)
def test_what_is_stored_is_what_the_command_would_try(labels):
    stored = {method: (rival.knob, tuple(rival.settings.tolist())) for method, rival in fair_rivals(labels).items()}
    assert stored == rivals.TRIALS


@pytest.mark.parametrize("labels", LABELS)
def test_counts_are_whole_images_given_in_percent(labels):
    for rival in fair_rivals(labels).values():
        for percent, images in ((rival.validation, rivals.VALIDATION), (rival.test, rivals.TEST)):
            counts = percent * images / 100
            np.testing.assert_allclose(counts, counts.round(), atol=1e-9)
            assert (counts >= 0).all() and (counts <= images).all()


@pytest.mark.parametrize("labels", LABELS)
def test_no_best_setting_lies_at_an_end_on_average(labels):
    """A method whose best setting is its last one was not given a fair choice."""
    for method, rival in fair_rivals(labels).items():
        best = rival.validation.mean(axis=0).argmax()
        assert 0 < best < len(rival.settings) - 1, method


def test_the_settings_chosen_are_told_in_words():
    assert fair_rivals("noisy")["early stopping"].chosen == "epoch 4 to 8"


def test_the_commands_write_where_the_page_reads():
    assert rivals.STORED.is_file() and damage.STORED.is_file() and averaged.STORED.is_file()


def test_gaussian_damage_gives_the_seeds_asked_for_in_their_order():
    some, all_seeds = gaussian_damage([7, 2]), gaussian_damage(range(10))
    assert list(some) == list(all_seeds) == list(MEASURES)
    for name, values in all_seeds.items():
        np.testing.assert_array_equal(some[name], values[[7, 2]])


def test_a_seed_that_is_not_stored_is_refused():
    with pytest.raises(ValueError, match=r"the seeds 0 to 9 are stored, got \[10\]\. Take those\."):
        gaussian_damage([3, 10])


@pytest.mark.parametrize("read", [fair_rivals, lambda labels: averaged_masks(labels, [0])])
def test_other_labels_are_refused(read):
    with pytest.raises(ValueError, match='labels must be "clean" or "noisy", got \'some\''):
        read("some")


@pytest.mark.parametrize("labels", LABELS)
def test_the_ways_with_masks_are_given_for_the_seeds_asked_for_in_whole_images(labels):
    some, all_seeds = averaged_masks(labels, [107, 2]), averaged_masks(labels, averaged.SEEDS)
    assert list(some) == list(all_seeds) == list(averaged.WAYS)
    for way, values in all_seeds.items():
        np.testing.assert_array_equal(some[way], values[[17, 2]])
        counts = values * 797 / 100
        np.testing.assert_allclose(counts, counts.round(), atol=1e-9)
    with pytest.raises(ValueError, match=r"the seeds 0 to 9 and 100 to 109, got \[10\]\. Take those\."):
        averaged_masks(labels, [3, 10])


# How it is made


@pytest.mark.parametrize("method", rivals.TRIALS)
def test_other_test_images_and_labels_change_nothing_in_the_choice(method, monkeypatch):
    monkeypatch.setattr(rivals, "SIZES", (64, 8, 8, 10))
    monkeypatch.setattr(rivals, "EPOCHS", 40 if method == "early stopping" else 1)
    data = rivals.task(0.2, 3)
    found = []
    for inputs, labels in (
        (data.test_inputs, data.test_labels),
        (data.test_inputs, (data.test_labels + 1) % 10),
        (-data.test_inputs[::-1], data.test_labels),
    ):
        other = dataclasses.replace(data, test_inputs=inputs, test_labels=labels)
        monkeypatch.setattr(rivals, "task", lambda noise, seed, other=other: other)
        found.append(rivals.run(method, 0.2, 3))
    assert found[0][0] == found[1][0] == found[2][0]
    assert len({test for _, test in found}) == 3


def test_the_test_is_that_of_the_best_in_validation(monkeypatch):
    data = rivals.task(0.0, 0)
    trained = rivals.networks("early stopping", data, 0)
    tried = [trained[1], trained[-1], trained[0], trained[2]]
    monkeypatch.setattr(rivals, "networks", lambda method, data, seed: tried)
    validation, test = rivals.run("early stopping", 0.0, 0)
    for count, network in zip(validation, tried, strict=True):
        named = network.predict(data.validation_inputs).argmax(axis=1)
        assert count == (named == data.validation_labels).sum()
    tests = [(network.predict(data.test_inputs).argmax(axis=1) == data.test_labels).sum() for network in tried]
    assert test == tests[1] and validation[1] > max(validation[0], *validation[2:])
    assert tests.count(test) == 1


@pytest.mark.parametrize("method", rivals.TRIALS)
def test_every_setting_of_the_knob_reaches_its_network(method, monkeypatch):
    monkeypatch.setattr(rivals, "SIZES", (64, 8, 8, 10))
    monkeypatch.setattr(rivals, "EPOCHS", 40 if method == "early stopping" else 1)
    data = rivals.task(0.0, 0)
    weights = [network.weights[0] for network in rivals.networks(method, data, 0)]
    assert len(weights) == 8
    assert all(np.abs(one - other).max() > 1e-6 for one, other in zip(weights[:-1], weights[1:], strict=True))


# The disturbed networks


def disturbed(sums, keep_prob=(0.8, 0.3, 0.6)):
    rng = np.random.default_rng(1)
    network = draw_network((5, 7, 6, 3), rng=rng)
    # Where all weights into a neuron are dropped, a bias of 0 would put it on the edge of its ReLU.
    biases = tuple(rng.standard_normal(array.shape) for array in network.biases)
    return Disturbed(network.weights, biases, "softmax", sums, keep_prob, np.random.default_rng(0))


def examples():
    rng = np.random.default_rng(2)
    return rng.standard_normal((4, 5)), np.array([0, 2, 1, 2])


def loss(network, sums):
    """Give the mean loss with the random numbers of a fresh generator."""
    inputs, labels = examples()
    outputs_by_layer, rng = inputs, np.random.default_rng(0)
    for layer, (weights, biases) in enumerate(zip(network.weights, network.biases, strict=True)):
        outputs_by_layer = sums(
            np.maximum(outputs_by_layer, 0) if layer else outputs_by_layer, weights, network.keep_prob[layer], rng
        )[0]
        outputs_by_layer = outputs_by_layer + biases
    return np.mean(
        [np.log(np.exp(row).sum()) - row[label] for row, label in zip(outputs_by_layer, labels, strict=True)]
    )


@each_noise
def test_gradients_are_those_of_finite_differences(sums):
    network = disturbed(sums)
    by_weight, by_bias, _ = disturbed(sums).gradients(*examples())
    for arrays, slopes in ((network.weights, by_weight), (network.biases, by_bias)):
        for array, slope in zip(arrays, slopes, strict=True):
            for place in np.ndindex(array.shape):
                array[place] += 1e-6
                above = loss(network, sums)
                array[place] -= 2e-6
                below = loss(network, sums)
                array[place] += 1e-6
                assert slope[place] == pytest.approx((above - below) / 2e-6, abs=1e-7)


@each_noise
def test_without_disturbance_they_are_those_of_the_network(sums):
    one = disturbed(sums, (1.0, 1.0, 1.0))
    plain = Network(one.weights, one.biases)
    for found, expected in zip(one.gradients(*examples()), plain.gradients(*examples()), strict=True):
        for part, other in zip(found, expected, strict=True):
            np.testing.assert_allclose(part, other, rtol=1e-12, atol=1e-15)


@each_noise
def test_the_sums_keep_their_mean_and_have_the_variance_of_their_noise(sums):
    inputs, weights = np.array([[1.0, -2.0, 0.5]]), np.array([[0.3, 1.0], [2.0, -1.0], [0.7, 0.1]])
    drawn = sums(np.tile(inputs, (200_000, 1)), weights, 0.3, np.random.default_rng(0))[0]
    np.testing.assert_allclose(drawn.mean(axis=0), (inputs @ weights)[0], atol=0.06)
    variance = 0.7 / 0.3 * (inputs**2 @ weights**2)[0]
    np.testing.assert_allclose(drawn.var(axis=0), variance, rtol=0.02)


def test_drop_connect_gives_a_neuron_s_two_weights_different_masks_and_gaussian_noise_the_same():
    ones = np.ones((50, 1))
    for sums, same in ((gaussian_noise, True), (drop_connect, False)):
        drawn = sums(ones, np.ones((1, 2)), 0.5, np.random.default_rng(0))[0]
        assert (drawn[:, 0] == drawn[:, 1]).all() == same
        assert len(np.unique(drawn[:, 0])) > 1  # examples differ


def test_at_inference_nothing_is_disturbed():
    one, (inputs, _) = disturbed(drop_connect), examples()
    np.testing.assert_array_equal(one.copy().predict(inputs), Network(one.weights, one.biases).predict(inputs))


# A part of the file, made again


def again(labels, method, seed):
    validation, test = rivals.run(method, rivals.NOISES[labels], seed)
    rival = fair_rivals(labels)[method]
    np.testing.assert_allclose(rival.validation[seed], 100 * np.array(validation) / rivals.VALIDATION, rtol=1e-12)
    assert rival.test[seed] == pytest.approx(100 * test / rivals.TEST, rel=1e-12)


@pytest.mark.parametrize("labels", LABELS)
def test_early_stopping_of_one_seed_gives_what_is_stored(labels):
    again(labels, "early stopping", 4)


@pytest.mark.slow
@pytest.mark.parametrize("method", [method for method in rivals.TRIALS if method != "early stopping"])
def test_one_seed_of_every_other_method_gives_what_is_stored(method):
    again("noisy", method, 7)


def test_two_seeds_of_gaussian_damage_give_what_is_stored():
    """Two, so that they are trained as replicas of one task, as the ten are."""
    stored = gaussian_damage([3, 8])
    for place, record in enumerate(damage.records([3, 8])):
        assert record.pop("seed") == (3, 8)[place]
        assert record == pytest.approx({name: values[place] for name, values in stored.items()}, rel=1e-9)


# The parts of dropout


def parts(way, seed=0):
    """Give the weights' gradients of one batch in one of the ways, and those without masks."""
    drawn = draw_network((5, 7, 6, 3), rng=np.random.default_rng(1))
    one = averaged.Averaged(
        drawn.weights, drawn.biases, "softmax", averaged.WAYS[way], (0.8, 0.5, 0.5), np.random.default_rng(seed)
    )
    return one.gradients(*examples())[0], drawn.gradients(*examples())[0]


def test_without_masks_the_gradients_are_those_of_the_network():
    for one, other in zip(*parts("no masks"), strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-12)


def test_one_mask_and_the_mean_of_eight_have_the_same_mean_and_the_noise_alone_has_none():
    """Over 400 draws; eight masks have about an eighth of the variance."""
    found = {
        way: np.array([np.concatenate([np.ravel(one) for one in parts(way, seed)[0]]) for seed in range(400)])
        for way in averaged.WAYS
    }
    plain = found["no masks"][0]
    means = {way: rows.mean(axis=0) for way, rows in found.items()}
    spread = {way: rows.var(axis=0).sum() for way, rows in found.items()}
    error = np.sqrt(found["one mask"].var(axis=0).sum() / 400)
    assert np.linalg.norm(means["one mask"] - means["mean of eight"]) < 2 * error
    assert np.linalg.norm(means["noise alone"] - plain) < 2 * error
    assert np.linalg.norm(means["one mask"] - plain) > 3 * error
    assert spread["no masks"] == pytest.approx(0, abs=1e-20)
    assert spread["mean of eight"] == pytest.approx(spread["one mask"] / 8, rel=0.2)
    assert spread["noise alone"] == pytest.approx(spread["one mask"] * 9 / 8, rel=0.2)


def test_a_stored_seed_is_made_again():
    (stored,) = [one for one in averaged_masks("noisy", [3]).items() if one[0] == "one mask"]
    task = digits_task(rng=generators(0, [3])[0], validation=200, noise=0.2)
    drawn, own = draw_network((64, 64, 64, 10), rng=generators(1, [3])[0]), generators(3, [3])[0]
    network = averaged.Averaged(drawn.weights, drawn.biases, "softmax", (0, 1, 0), (0.8, 0.5, 0.5), own)
    network = train(network, task.inputs, task.labels, keep_prob=(1.0, 1.0, 1.0), rng=generators(2, [3])[0], epochs=60,
                    learning_rate=0.01).network  # fmt: skip
    assert 100 * accuracy(network.predict(task.test_inputs), task.test_labels) == pytest.approx(stored[1][0], abs=0.2)


@pytest.mark.slow
def test_a_line_is_made_again_in_all_ways():
    found = averaged.record("clean", 104)
    stored = averaged_masks("clean", [104])
    for way, count in found["correct"].items():
        assert 100 * count / found["images"] == pytest.approx(stored[way][0], abs=0.2)
