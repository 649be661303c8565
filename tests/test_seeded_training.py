"""Many settings at once, each row what that setting alone gives on its images; and networks for points of a curve."""

import numpy as np
import pytest
from helpers.networks import generator, same

from dropout_lib import curve_points, digits_task, draw_network, fit_curve, generators, train, try_settings

SETTINGS = [(1.0, 1.0, 1.0), (0.8, 0.7, 0.5), (1.0, 0.3, 1.0)]
QUICK = {"sizes": (64, 12, 8, 10), "images": 60, "epochs": 3}


def by_hand(setting, seed, **options):
    """Train one network and count, in percent, what it gets right: of the labels told, of validation, of test."""
    task = digits_task(rng=np.random.default_rng([seed, 0]), training=60, validation=200, noise=0.2)
    network = draw_network((64, 12, 8, 10), rng=np.random.default_rng([seed, 1]))
    rng = np.random.default_rng([seed, 2])
    done = train(network, task.inputs, task.labels, keep_prob=setting, rng=rng, epochs=3, **options).network
    parts = {"inputs": "labels", "validation_inputs": "validation_labels", "test_inputs": "test_labels"}
    return [
        100 * np.mean(done.predict(getattr(task, inputs)).argmax(axis=-1) == getattr(task, labels))
        for inputs, labels in parts.items()
    ]


@pytest.mark.parametrize(
    "options",
    [{}, {"learning_rate": 0.1, "falling": False, "max_norm": 1.0}, {"weight_decay": 0.3}],
    ids=["usual", "max-norm", "L2"],
)
def test_every_row_and_column_is_that_network_trained_alone(options):
    tried = try_settings(SETTINGS, seeds=(3, 7), **QUICK, **options)
    found = np.stack([tried.training, tried.validation, tried.test], axis=-1)
    expected = [[by_hand(setting, seed, **options) for seed in (3, 7)] for setting in SETTINGS]
    np.testing.assert_allclose(found, expected, rtol=1e-12)
    assert len(np.unique(found)) > 12


def test_noise_and_images_are_those_asked_for():
    clean = try_settings(SETTINGS[:1], seeds=(0, 1), noise=0.0, **QUICK)
    noisy = try_settings(SETTINGS[:1], seeds=(0, 1), noise=0.5, **QUICK)
    assert (clean.test > noisy.test).all()
    with pytest.raises(ValueError, match=r"training \+ validation \+ test must fit into 1797 images, got 801 \+ 200"):
        try_settings(SETTINGS, images=801)


def test_what_is_not_given_is_what_the_course_takes():
    given = {"sizes": (64, 32, 32, 10), "seeds": range(10), "images": 300, "noise": 0.2, "epochs": 40}
    rest = {"learning_rate": 0.02, "falling": True, "weight_decay": 0.0, "max_norm": None, "progress": None}
    usual, told = try_settings(SETTINGS[1:2]), try_settings(SETTINGS[1:2], **given, **rest)
    assert usual.test.shape == (1, 10) and usual.task.inputs.shape == (10, 300, 64)
    for one, other in zip(usual.networks[0].weights, told.networks[0].weights, strict=True):
        np.testing.assert_array_equal(one, other)


def test_progress_is_told_to_the_last_step():
    seen = []
    try_settings(SETTINGS, seeds=(0, 1), **QUICK, progress=lambda done, total: seen.append((done, total)))
    assert seen == [(step, 9) for step in range(1, 10)]


def test_settings_of_another_length_are_refused():
    with pytest.raises(ValueError, match="A setting needs 3 keep_probs, inputs first, got "):
        try_settings([(0.5, 0.5)], seeds=(0, 1), **QUICK)


def test_the_networks_and_the_task_are_those_that_the_accuracies_come_from():
    tried = try_settings(SETTINGS, seeds=(3, 7), weight_decay=0.01, **QUICK)
    assert len(tried.networks) == 3
    for row, network in zip(tried.test, tried.networks, strict=True):
        answers = network.predict(tried.task.test_inputs).argmax(axis=-1)
        np.testing.assert_allclose(row, 100 * (answers == tried.task.test_labels).mean(axis=1), rtol=1e-12)
    assert by_hand(SETTINGS[1], 7, weight_decay=0.01)[2] == pytest.approx(tried.test[1, 1], rel=1e-12)
    assert "Network" not in repr(tried) and "Task" not in repr(tried)


# The points of a curve


def test_a_curve_is_fitted_by_drawing_a_network_and_training_it():
    inputs, targets = curve_points(np.abs, gap=(-0.4, 0.4), rng=generator(1))
    rng, done = generator(2), []
    start = draw_network((1, 50, 50, 1), rng=rng, loss="squared")
    expected = train(
        start, inputs, targets, keep_prob=(1.0, 0.8, 0.8), rng=rng, epochs=800, batch=40, learning_rate=0.01,
        optimiser="adam", falling=False,
    ).network  # fmt: skip
    found = fit_curve(
        inputs, targets, keep_prob=0.8, rng=generator(2), progress=lambda step, of: done.append((step, of))
    )
    same(found, expected, 0)
    assert done[-1] == (800, 800)


def test_there_is_a_generator_for_each_of_ten_seeds_and_another_for_another_purpose():
    for usual, seed in zip(generators(3), range(10), strict=True):
        assert usual.bit_generator.state == np.random.default_rng([seed, 3]).bit_generator.state


@pytest.mark.parametrize(("examples", "steps"), [(40, 800), (100, 960), (400, 800), (1600, 800), (32_000, 800)])
def test_more_points_of_a_curve_take_about_as_many_steps(examples, steps):
    def stop(step, of):
        raise RuntimeError(of)

    points = curve_points(np.square, gap=(-0.4, 0.4), rng=generator(1), examples=examples)
    with pytest.raises(RuntimeError, match=f"^{steps}$"):
        fit_curve(*points, keep_prob=0.9, rng=generator(2), progress=stop)


def test_each_replica_of_a_curve_has_its_own_points_generator_and_keep_prob():
    def rngs(part):
        return [np.random.default_rng([seed, part]) for seed in range(2)]

    inputs, targets = curve_points(np.square, gap=(-0.4, 0.4), rng=rngs(0))
    both = fit_curve(inputs, targets, keep_prob=np.array([0.9, 0.5]), rng=rngs(1))
    for place, keep_prob in enumerate((0.9, 0.5)):
        alone = fit_curve(inputs[place], targets[place], keep_prob=keep_prob, rng=rngs(1)[place])
        same(both.replica(place), alone, 1e-8)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        ([(1, 0.5, 0.5), (1, True, 1)], "keep_prob must be one number in (0, 1], got True."),
        ([(1, [0.5], 1)], "keep_prob must be one number in (0, 1], got [0.5]."),
        ([], "settings must be a list of settings, each with 3 keep_probs, got []."),
        (0.5, "settings must be a list of settings, each with 3 keep_probs, got 0.5."),
        ((1, 0.5, 0.5), "got (1, 0.5, 0.5). To try dropout and none: [(1.0, 0.5, 0.5), (1.0, 1.0, 1.0)]."),
    ],
)
def test_what_is_no_list_of_settings_is_refused_in_the_callers_words(settings, words):
    with pytest.raises((ValueError, TypeError)) as raised:
        try_settings(settings)
    assert words in str(raised.value)


@pytest.mark.parametrize("examples", [39, 32_001])
def test_a_curve_of_too_few_or_too_many_points_is_refused(examples):
    points = np.zeros((examples, 1))
    with pytest.raises(ValueError, match=f"fit_curve needs 40 to 32,000 examples, got {examples}."):
        fit_curve(points, points, keep_prob=0.9, rng=np.random.default_rng(0))
