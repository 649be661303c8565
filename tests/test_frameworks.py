"""The words of page 10 and its switches against PyTorch, Keras and Flax themselves: make test-frameworks."""

import importlib
import json
import os
from pathlib import Path

import numpy as np
import pytest

from dropout_lib import apply_dropout, draw_mask, draw_network
from dropout_lib.course import frameworks

pytestmark = pytest.mark.frameworks

ONES = np.ones((200, 50), np.float32)
PAGE = Path(__file__).parent.parent / "notebooks" / "10_use_it_rightly.ipynb"
MAPS = np.ones((20, 5, 4, 6), np.float32)  # examples, channels, rows, columns
EXAMPLES, CHANNELS = MAPS.shape[:2]


@pytest.fixture(scope="module")
def names():
    """Import the libraries here, so that no other test needs them; where they are asked for, they must be there."""
    os.environ["KERAS_BACKEND"], os.environ["JAX_PLATFORMS"] = "torch", "cpu"
    found = {name: importlib.import_module(name) for name in ("torch", "keras", "flax", "jax", "flax.linen")}
    found["torch"].set_num_threads(1)
    rng = np.random.default_rng(0)
    ours = {"np": np, "rng": rng, "draw_mask": draw_mask, "network": draw_network((50, 9, 4), rng=rng)}
    masks = [rng.random((200, units)) < 0.8 for units in (50, 9)]
    ours |= {"masks": masks, "keep_prob": (0.8, 0.8), "examples": EXAMPLES, "channels": CHANNELS, "state": ONES}
    return ours | found | {"key": found["jax"].random.key(0), "weights": ONES}


def run(names, library, question, **given):
    """Run what the table says: the code of one line, with these values for its names."""
    tensor = {"PyTorch": names["torch"].tensor, "Keras": names["keras"].ops.convert_to_tensor}.get(library, np.array)
    given = {name: tensor(value) if isinstance(value, np.ndarray) else value for name, value in given.items()}
    return eval(frameworks.WORDS[question][library], names | given)


def kept(result):
    """Give where a result is not 0, as a NumPy array."""
    return np.asarray(result.detach().numpy() if hasattr(result, "detach") else result) != 0


def of_the_page(first_line):
    """Give the names that a code cell of the page defines, the one that begins so."""
    sources = ("".join(cell["source"]) for cell in json.loads(PAGE.read_text(encoding="utf-8"))["cells"])
    (source,) = (source for source in sources if source.startswith(first_line))
    defined = {"np": np, "apply_dropout": apply_dropout}
    exec(source, defined)
    return defined


def layer(names, library, question="A layer that keeps 80%"):
    return run(names, library, question)


def trained(names, library, made, x):
    """Let a layer drop, in the way that the table names."""
    return run(names, library, "On, for training", layer=made, x=x)


LIBRARIES = list(frameworks.VERSIONS)
each_library = pytest.mark.parametrize("library", LIBRARIES)


@each_library
def test_the_versions_are_those_that_the_page_names(names, library):
    seen = {name: names[name].__version__.split("+")[0] for name in frameworks.VERSIONS[library]}
    assert seen == frameworks.VERSIONS[library]


def test_keras_runs_without_tensorflow(names):
    assert names["keras"].backend.backend() == "torch"


@each_library
def test_the_number_is_the_chance_to_drop(names, library):
    share = kept(trained(names, library, layer(names, library), ONES)).mean()
    assert abs(share - 0.8) < 0.02


@each_library
def test_on_it_scales_and_off_it_hands_everything_on(names, library):
    made = layer(names, library)
    on = trained(names, library, made, ONES)
    assert np.unique(np.round(np.asarray(on), 6)).tolist() == [0.0, 1.25]
    off = run(names, library, "Off, for inference", layer=made, x=ONES)
    assert np.array_equal(np.asarray(off), ONES)


def test_without_a_word_pytorch_drops_keras_does_not_and_flax_refuses(names):
    def silent(library):
        return run(names, library, "If you say nothing", layer=layer(names, library), x=ONES)

    assert abs(kept(silent("PyTorch")).mean() - 0.8) < 0.02
    assert kept(silent("Keras")).all()
    with pytest.raises(ValueError, match="deterministic"):
        silent("Flax")


def test_nnx_of_flax_does_as_pytorch_does(names):
    nnx = importlib.import_module("flax.nnx")
    made = nnx.Dropout(rate=0.2, rngs=nnx.Rngs(0))
    shares = [kept(made(ONES)).mean()]
    for switch in (made.eval, made.train):
        switch()
        shares.append(kept(made(ONES)).mean())
    np.testing.assert_allclose(shares, (0.8, 1, 0.8), atol=0.02)


def test_no_grad_does_not_switch_dropout_off(names):
    made = layer(names, "PyTorch")
    with names["torch"].no_grad():
        assert abs(kept(made(names["torch"].tensor(ONES))).mean() - 0.8) < 0.02


def test_pytorch_draws_from_one_generator_for_the_whole_program(names):
    results = []
    for _ in range(2):
        run(names, "PyTorch", "The random numbers come from")
        one, other = (kept(trained(names, "PyTorch", layer(names, "PyTorch"), ONES)) for _ in range(2))
        results.append((one, other))
    assert np.array_equal(results[0], results[1])
    assert not np.array_equal(*results[0])  # two layers share it


def test_keras_draws_from_a_generator_in_each_layer(names):
    one, other = (run(names, "Keras", "The random numbers come from") for _ in range(2))
    first = [kept(trained(names, "Keras", made, ONES)) for made in (one, other)]
    assert np.array_equal(*first)
    assert not np.array_equal(first[0], kept(trained(names, "Keras", one, ONES)))


def test_flax_draws_from_the_key_of_the_call(names):
    made, rngs = layer(names, "Flax"), run(names, "Flax", "The random numbers come from")
    one, other = (kept(made.apply({}, ONES, deterministic=False, rngs=rngs)) for _ in range(2))
    assert np.array_equal(one, other)
    next_key = {"dropout": names["jax"].random.key(1)}
    assert not np.array_equal(one, kept(made.apply({}, ONES, deterministic=False, rngs=next_key)))


@each_library
def test_whole_channels_are_dropped(names, library):
    maps = MAPS if library == "PyTorch" else np.moveaxis(MAPS, 1, -1)
    out = kept(trained(names, library, layer(names, library, "To drop whole channels"), maps))
    out = out if library == "PyTorch" else np.moveaxis(out, -1, 1)
    assert (out == out[:, :, :1, :1]).all()
    assert 0.6 < out[:, :, 0, 0].mean() < 0.95
    assert not (out == out[:1]).all() and not (out == out[:, :1]).all()


@each_library
def test_single_weights_are_dropped(names, library):
    result = run(names, library, "To drop single weights", layer=layer(names, library), weights=ONES)
    assert abs(kept(result).mean() - 0.8) < 0.02
    assert np.isclose(np.asarray(result).max(), 1.25)


def test_pytorch_masks_between_recurrent_layers_and_never_the_state(names):
    torch, sequence = names["torch"], names["torch"].ones(6, 3, 5)
    two_layers = run(names, "PyTorch", "In a recurrent network")
    one, other = (two_layers(sequence)[0] for _ in range(2))
    assert not torch.equal(one, other)
    with pytest.warns(UserWarning, match="num_layers"):
        alone = torch.nn.LSTM(5, 7, num_layers=1, dropout=0.2)
    one, other = (alone(sequence)[0] for _ in range(2))
    assert torch.equal(one, other)


def test_keras_masks_the_state_once_for_a_sequence(names):
    lstm = run(names, "Keras", "In a recurrent network")
    assert lstm.recurrent_dropout == 0.2
    one, other = (lstm(np.ones((3, 6, 5), np.float32), training=True).detach().numpy() for _ in range(2))
    assert not np.array_equal(one, other)
    # A state of 500 units that is only copied: a held mask leaves 80 % after five steps, a fresh one a third.
    copying = names["keras"].layers.SimpleRNN(
        500, activation="linear", kernel_initializer="ones", recurrent_initializer="identity", recurrent_dropout=0.2
    )
    impulse = np.zeros((4, 6, 1), np.float32)
    impulse[:, 0] = 1
    assert abs(kept(copying(impulse, training=True)).mean() - 0.8) < 0.05


def test_keras_leaves_the_memory_cell_alone(names):
    lstm = names["keras"].layers.LSTM(7, recurrent_initializer="zeros", recurrent_dropout=0.5)
    one, other = (lstm(np.ones((3, 6, 5), np.float32), training=True).detach().numpy() for _ in range(2))
    assert np.array_equal(one, other)


def test_flax_has_no_dropout_in_a_recurrent_cell(names):
    cell = run(names, "Flax", "In a recurrent network")
    assert [name for name in dir(cell) if "drop" in name.lower()] == []


def test_no_library_has_a_layer_for_single_weights(names):
    for place in (names["torch"].nn, names["keras"].layers, names["flax.linen"]):
        assert [name for name in dir(place) if "dropconnect" in name.lower()] == []


# The switches of the page, made of NumPy, behave as the libraries do


def test_the_two_switches_of_a_layer_are_those_of_pytorch(names):
    torch, made, ours = names["torch"], layer(names, "PyTorch"), of_the_page("class Layer")["Layer"]()
    x = torch.ones(100, 64, requires_grad=True)
    for training in (True, False):
        for recording in (True, False):
            made.train(training)
            ours.training, ours.recording, ours.remembered = training, recording, []
            with torch.set_grad_enabled(recording):
                one, other = 2 * made(x), 2 * made(x)  # at inference, made(x) is x itself
            rng = np.random.default_rng(0)
            pair = ours(np.ones((100, 64)), rng), ours(np.ones((100, 64)), rng)
            assert torch.equal(one, other) == np.array_equal(*pair) == (not training)
            assert one.requires_grad == bool(ours.remembered) == recording


def test_a_functional_dropout_is_on_in_pytorch_whatever_the_model_says(names):
    class Model(names["torch"].nn.Module):
        def forward(self, x):
            return names["torch"].nn.functional.dropout(x, p=0.2)

    model, ours = Model().eval(), of_the_page("def functional_dropout")["Model"]()
    ours.training = False
    assert abs(kept(model(names["torch"].tensor(ONES))).mean() - 0.8) < 0.02
    assert abs(kept(ours(ONES, np.random.default_rng(0))).mean() - 0.8) < 0.02


def test_a_flag_that_is_not_handed_on_is_lost_in_flax_and_not_in_keras(names):
    linen, layers = names["flax.linen"], names["keras"].layers

    class Inner(linen.Module):
        @linen.compact
        def __call__(self, x, deterministic=True):
            return linen.Dropout(rate=0.2)(x, deterministic=deterministic)

    class Outer(linen.Module):
        @linen.compact
        def __call__(self, x, deterministic):
            return Inner()(x)

    class Block(layers.Layer):
        def __init__(self):
            super().__init__()
            self.inner = layers.Dropout(rate=0.2)

        def call(self, x, training=False):
            return self.inner(x)

    ours = of_the_page("def inner_block")["outer_block"]
    assert kept(Outer().apply({}, ONES, deterministic=False, rngs={"dropout": names["key"]})).all()
    assert kept(ours(ONES, np.random.default_rng(0), training=True)).all()
    assert abs(kept(Block()(ONES, training=True)).mean() - 0.8) < 0.02


def test_batch_normalisation_is_that_of_pytorch(names):
    torch, ours = names["torch"], of_the_page("class BatchNorm")["BatchNorm"]()
    theirs, rng = torch.nn.BatchNorm1d(3, dtype=torch.float64), np.random.default_rng(0)
    for training in (True, True, True, False, True):
        theirs.train(training)
        ours.training, x = training, rng.normal(5, 2, (7, 3))
        np.testing.assert_allclose(ours(x), theirs(torch.tensor(x)).detach().numpy(), rtol=1e-10, atol=1e-12)
        np.testing.assert_allclose(ours.mean, theirs.running_mean.numpy(), rtol=1e-10)
        np.testing.assert_allclose(ours.variance, theirs.running_var.numpy(), rtol=1e-10)


# Our own words

OURS = {
    "A layer that keeps 80%": lambda mask: abs(mask.mean() - 0.8) < 0.02,
    "The random numbers come from": lambda rng: isinstance(rng, np.random.Generator),
    "To drop whole channels": lambda mask: (mask * MAPS).reshape(EXAMPLES, CHANNELS, -1).std(axis=-1).max() == 0,
    "To drop single weights": lambda result: set(np.unique(result)) == {0, 1.25},
    "In a recurrent network": lambda mask: mask.shape == ONES.shape,
}


@pytest.mark.parametrize("question", OURS)
def test_our_own_words_are_true(names, question):
    assert OURS[question](run(names, frameworks.OURS, question, x=ONES))


SWITCHES = ("On, for training", "Off, for inference", "If you say nothing")


def test_our_own_switches_are_true(names):
    on, off, silent = (run(names, frameworks.OURS, question, x=ONES) for question in SWITCHES)
    assert not np.allclose(on, off) and np.array_equal(off, silent)


def test_every_line_of_every_library_is_run():
    """A new question must come with its test: these are all that there are."""
    assert list(frameworks.WORDS) == [
        "A layer that keeps 80%", "If you say nothing", "On, for training", "Off, for inference",
        "The random numbers come from", "To drop whole channels", "To drop single weights", "In a recurrent network",
    ]  # fmt: skip
