"""The data sets: where the file comes from, splits and label noise, paired by seed; and every bad input."""

import re
import socket
import zipfile
from importlib.resources import files

import numpy as np
import pytest

from dropout_lib import curve_points, data, digits, digits_task, moons, wrong_labels

FIELDS = ("inputs", "labels", "true_labels", "test_inputs", "test_labels", "validation_inputs", "validation_labels")


def generator(seed=0):
    return np.random.default_rng(seed)


def same(one, other):
    return all(np.array_equal(getattr(one, name), getattr(other, name)) for name in FIELDS)


# The file


def test_the_digits_are_images_from_0_to_1_and_their_labels():
    images, labels = digits()
    assert images.shape == (1797, 64) and labels.shape == (1797,)
    assert images.dtype == float and labels.dtype.kind == "i"
    assert images.min() == 0 and images.max() == 1
    np.testing.assert_array_equal(images * 16, np.round(images * 16))
    np.testing.assert_array_equal(np.bincount(labels), [178, 182, 177, 183, 181, 182, 181, 179, 174, 180])
    # The first image is a nought: an empty middle.
    assert labels[0] == 0
    np.testing.assert_array_equal(images[0].reshape(8, 8)[0] * 16, [0, 0, 5, 13, 9, 1, 0, 0])
    np.testing.assert_array_equal(images[0].reshape(8, 8)[4] * 16, [0, 5, 8, 0, 0, 9, 8, 0])


def test_every_call_gives_arrays_of_its_own():
    digits()[0][:] = 9
    assert digits()[0].max() == 1


def test_the_file_holds_two_small_arrays_and_no_pickle():
    with zipfile.ZipFile(files("dropout_lib") / "digits.npz") as stored:
        headers = {name: stored.open(name).read(128) for name in stored.namelist()}
    assert set(headers) == {"images.npy", "labels.npy"}
    for header in headers.values():
        assert b"'descr': '|u1'" in header


def test_the_line_in_the_docstring_makes_the_file(tmp_path, monkeypatch):
    (line,) = re.findall(r"`(np\.savez_compressed\([^`]+\))`", data.__doc__)
    images, labels = digits()
    table = np.column_stack([images * 16, labels]).astype(np.uint8)  # as in the lines of digits.csv.gz
    monkeypatch.chdir(tmp_path)
    exec(line, {"np": np, "table": table})
    with np.load(tmp_path / "digits.npz") as made, np.load(files("dropout_lib") / "digits.npz") as shipped:
        assert set(made) == set(shipped)
        for name in made:
            assert made[name].dtype == shipped[name].dtype == np.uint8
            np.testing.assert_array_equal(made[name], shipped[name])


def test_source_and_licence_are_named():
    assert "Alpaydin and Kaynak" in data.__doc__ and "CC BY 4.0" in " ".join(data.__doc__.split())


def test_nothing_is_downloaded(monkeypatch):
    def refuse(*_, **__):
        raise AssertionError("A data set asked for the network.")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    digits_task(rng=generator(), noise=0.1)
    moons(10, noise=0.1, rng=generator())


# The task


@pytest.mark.parametrize(("training", "test"), [(300, 797), (1000, 797), (1, 1), (1796, 1)])
def test_a_split_is_disjoint_centred_on_the_training_images_and_doubled(training, test):
    task, (images, labels) = digits_task(rng=generator(), training=training, test=test), digits()
    assert task.inputs.shape == (training, 64) and task.test_inputs.shape == (test, 64)
    np.testing.assert_allclose(task.inputs.mean(axis=0), 0, atol=1e-12)
    # Every image comes back by its number: the split draws a permutation first.
    order = generator().permutation(1797)
    chosen, held = order[:training], order[-test:]
    assert not set(chosen) & set(held)
    centre = images[chosen].mean(axis=0)
    np.testing.assert_allclose(task.inputs / 2 + centre, images[chosen], atol=1e-12)
    np.testing.assert_allclose(task.test_inputs / 2 + centre, images[held], atol=1e-12)
    np.testing.assert_array_equal(task.true_labels, labels[chosen])
    np.testing.assert_array_equal(task.labels, labels[chosen])
    np.testing.assert_array_equal(task.test_labels, labels[held])


@pytest.mark.parametrize(("training", "validation"), [(300, 200), (800, 200), (1, 999), (300, 0)])
def test_validation_images_stand_before_the_test_images_and_are_neither_s(training, validation):
    task, (images, labels) = digits_task(rng=generator(), training=training, validation=validation), digits()
    order = generator().permutation(1797)
    centre, between = images[order[:training]].mean(axis=0), order[1000 - validation : 1000]
    assert task.validation_inputs.shape == (validation, 64)
    assert not set(between) & ({*order[:training]} | {*order[-797:]})
    np.testing.assert_allclose(task.validation_inputs / 2 + centre, images[between], atol=1e-12)
    np.testing.assert_array_equal(task.validation_labels, labels[between])


def test_validation_images_change_nothing_else():
    with_them, without = (digits_task(rng=generator(3), noise=0.2, validation=images) for images in (200, 0))
    for name in FIELDS[:5]:
        np.testing.assert_array_equal(getattr(with_them, name), getattr(without, name))


def test_equal_seeds_give_equal_tasks_and_others_do_not():
    assert same(digits_task(rng=generator(3), noise=0.2), digits_task(rng=generator(3), noise=0.2))
    assert not same(digits_task(rng=generator(3), noise=0.2), digits_task(rng=generator(4), noise=0.2))


def test_noise_changes_the_labels_told_and_nothing_else():
    clean, noisy = digits_task(rng=generator(3)), digits_task(rng=generator(3), noise=0.2)
    for name in set(FIELDS) - {"labels"}:
        np.testing.assert_array_equal(getattr(clean, name), getattr(noisy, name))
    assert (noisy.labels != noisy.true_labels).sum() == 60


def test_more_training_images_keep_the_test_images_and_those_there_were():
    few, many = digits_task(rng=generator(3), training=40), digits_task(rng=generator(3), training=1000)
    np.testing.assert_array_equal(few.test_labels, many.test_labels)
    np.testing.assert_array_equal(few.true_labels, many.true_labels[:40])
    shift = few.test_inputs - many.test_inputs  # another centre, the same for every image
    np.testing.assert_allclose(shift, np.broadcast_to(shift[0], shift.shape), atol=1e-12)


@pytest.mark.parametrize("kind", [list, tuple])
def test_several_generators_give_each_replica_its_own_split(kind):
    tasks = digits_task(rng=kind([generator(5), generator(6)]), noise=0.2)
    assert tasks.inputs.shape == (2, 300, 64) and tasks.test_labels.shape == (2, 797)
    for place, seed in enumerate((5, 6)):
        alone = digits_task(rng=generator(seed), noise=0.2)
        for name in FIELDS:
            np.testing.assert_array_equal(getattr(tasks, name)[place], getattr(alone, name))


# Wrong labels


@pytest.mark.parametrize("noise", [0, 0.01, 0.2, 0.33, 1])
@pytest.mark.parametrize("classes", [2, 10])
def test_exactly_so_many_labels_become_another_class(noise, classes):
    labels = generator().integers(0, classes, 300)
    held = labels.copy()
    for seed in range(20):
        told = wrong_labels(labels, noise, classes=classes, rng=generator(seed))
        assert (told != labels).sum() == round(noise * 300)
        assert told.min() >= 0 and told.max() < classes
    np.testing.assert_array_equal(labels, held)


def test_every_other_class_and_every_example_is_as_likely():
    labels = np.full(500, 3)
    told = np.stack([wrong_labels(labels, 0.5, classes=5, rng=generator(seed)) for seed in range(200)])
    shares = np.bincount(told[told != 3], minlength=5) / (told != 3).sum()
    np.testing.assert_allclose(shares, [0.25, 0.25, 0.25, 0, 0.25], atol=0.01)  # five standard errors
    np.testing.assert_allclose((told != 3).mean(axis=0), 0.5, atol=0.15)


def test_wrong_labels_of_digits_are_digits():
    assert set(digits_task(rng=generator(), training=1000, noise=1.0).labels.tolist()) == set(range(10))


@pytest.mark.parametrize("noise", [-0.1, 1.1, 20, np.nan])
def test_a_share_of_wrong_labels_outside_0_to_1_is_refused(noise):
    with pytest.raises(ValueError, match=f"noise must be from 0 to 1, got {noise}. To make 20% of the labels wrong"):
        digits_task(rng=generator(), noise=noise)


@pytest.mark.parametrize("labels", [[0, 10], [-1, 3], [0.0, 1.0], ["a", "b"]])
def test_labels_that_are_no_classes_are_refused(labels):
    with pytest.raises(ValueError, match=r"labels must be whole numbers from 0 to 9, got \[.*\]\. Count the classes"):
        wrong_labels(labels, 0.5, classes=10, rng=generator())


# Moons


def test_moons_are_two_half_circles_that_interlock():
    points, labels = moons(400, noise=0, rng=generator())
    assert points.shape == (400, 2) and (labels == 0).sum() == (labels == 1).sum() == 200
    upper, lower = points[labels == 0], points[labels == 1]
    np.testing.assert_allclose(np.hypot(*upper.T), 1, rtol=1e-12)
    np.testing.assert_allclose(np.hypot(*(lower - [1, 0.5]).T), 1, rtol=1e-12)
    assert upper[:, 1].min() >= 0 and lower[:, 1].max() <= 0.5
    assert upper[:, 0].min() < -0.95 and upper[:, 0].max() > 0.95
    assert lower[:, 0].min() < 0.05 and lower[:, 0].max() > 1.95
    assert not np.isclose(lower[:, :1], 1 - upper[:, 0]).any()  # each has an angle of its own
    assert moons(1, noise=0, rng=generator())[0].shape == (1, 2)


def test_the_moons_noise_has_the_standard_deviation_asked_for():
    clean, _ = moons(2000, noise=0, rng=generator(1))
    noisy, _ = moons(2000, noise=0.25, rng=generator(1))
    np.testing.assert_allclose((noisy - clean).std(axis=0), 0.25, rtol=0.06)
    np.testing.assert_array_equal(noisy, moons(2000, noise=0.25, rng=generator(1))[0])


@pytest.mark.parametrize(("examples", "noise"), [(0, 0.1), (-3, 0.1), (10, -0.1), (10, np.nan), (10, np.inf)])
def test_moons_that_cannot_be_are_refused(examples, noise):
    with pytest.raises(ValueError, match=f"moons need at least 1 example and a noise from 0, got {examples} and"):
        moons(examples, noise=noise, rng=generator())


# Points of a curve


@pytest.mark.parametrize("gap", [(-0.4, 0.4), (0.2, 0.2), (-1, 0.5), (0.7, 1)])
def test_points_of_a_curve_lie_evenly_outside_the_gap(gap):
    places, values = curve_points(np.square, gap=gap, rng=generator(), examples=4000, noise=0)
    assert places.shape == values.shape == (4000, 1)
    np.testing.assert_array_equal(values, places**2)
    start, stop = gap
    assert places.min() >= -1 and places.max() <= 1 and not ((places > start) & (places < stop)).any()
    expected = max(0, start + 1) / (2 - (stop - start))
    assert (places < start).mean() == pytest.approx(expected, abs=0.04)  # five standard errors
    before = places[places < start]
    assert not before.size or before.mean() == pytest.approx((start - 1) / 2, abs=0.06)


def test_the_curves_noise_has_the_standard_deviation_asked_for_and_leaves_the_places():
    options = {"gap": (-0.4, 0.4), "examples": 2000}
    clean, noisy = (curve_points(np.sin, rng=generator(1), noise=noise, **options) for noise in (0, 0.25))
    np.testing.assert_array_equal(clean[0], noisy[0])
    assert (noisy[1] - clean[1]).std() == pytest.approx(0.25, rel=0.08)
    told = curve_points(np.sin, gap=(0, 0.5), rng=generator(1), examples=40, noise=0.1)
    np.testing.assert_array_equal(curve_points(np.sin, gap=(0, 0.5), rng=generator(1)), told)
    assert curve_points(np.sin, gap=(0, 0.5), rng=generator(1), examples=1)[0].shape == (1, 1)


@pytest.mark.parametrize("kind", [list, tuple])
def test_several_generators_give_each_replica_its_own_points(kind):
    for options in ({}, {"examples": 7, "noise": 0.5}):
        many = curve_points(np.sin, gap=(0, 0.5), rng=kind([generator(5), generator(6)]), **options)
        for place, seed in enumerate((5, 6)):
            one = curve_points(np.sin, gap=(0, 0.5), rng=generator(seed), **options)
            for part, alone in zip(many, one, strict=True):
                np.testing.assert_array_equal(part[place], alone)


@pytest.mark.parametrize("gap", [(0.4, -0.4), (-1.1, 0), (0, 1.1), (-1, 1), (np.nan, 0)])
def test_a_gap_that_cannot_be_is_refused(gap):
    words = f"A gap must go up, from -1 or more to 1 or less, and leave a place; got {gap[0]} to {gap[1]}."
    with pytest.raises(ValueError, match=re.escape(words)):
        curve_points(np.sin, gap=gap, rng=generator())


@pytest.mark.parametrize(("examples", "noise"), [(0, 0.1), (10, -0.1), (10, np.nan)])
def test_a_curve_that_cannot_be_is_refused(examples, noise):
    with pytest.raises(ValueError, match=f"at least 1 example and a noise from 0, got {examples} and {noise}"):
        curve_points(np.sin, gap=(0, 0.5), rng=generator(), examples=examples, noise=noise)


# Too many images, and no generator


@pytest.mark.parametrize(
    ("training", "validation", "test"),
    [(1001, 0, 797), (0, 0, 797), (300, 0, 0), (-1, 0, 5), (801, 200, 797), (5, -1, 5)],
)
def test_more_images_than_there_are_or_none_are_refused(training, validation, test):
    words = f"training + validation + test must fit into 1797 images, got {training} + {validation} + {test}. Ask for"
    with pytest.raises(ValueError, match=re.escape(words)):
        digits_task(rng=generator(), training=training, validation=validation, test=test)


@pytest.mark.parametrize("rng", [0, None, np.random, np.random.RandomState(0), [generator(), 3]])
@pytest.mark.parametrize(
    "make",
    [
        lambda rng: digits_task(rng=rng),
        lambda rng: moons(10, noise=0.1, rng=rng),
        lambda rng: wrong_labels(np.arange(10), 0.5, classes=10, rng=rng),
        lambda rng: curve_points(np.sin, gap=(0, 0.5), rng=rng),
    ],
    ids=["digits_task", "moons", "wrong_labels", "curve_points"],
)
def test_a_seed_is_not_a_generator(make, rng):
    with pytest.raises(
        TypeError, match=r"rng must be a np\.random\.Generator, got .* rng = np\.random\.default_rng\(\d\)"
    ):
        make(rng)
