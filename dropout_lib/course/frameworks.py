"""Dropout in the words of other software: the facts of page 10, in one place, and the tables that show them.

An answer is a piece of code, with a comment after it. Those of the libraries in VERSIONS are run by `make
test-frameworks` against these very versions, and ours with them; the others are not run, and SOURCES says where they
come from.
"""

from dataclasses import dataclass
from html import escape

OURS = "NumPy (ours)"
VERSIONS = {
    "PyTorch": {"torch": "2.13.0"},
    "Keras": {"keras": "3.15.1"},
    "Flax": {"flax": "0.12.8", "jax": "0.10.2"},
}
SOURCES = {
    "TensorFlow 1": "documentation of tf.nn.dropout and DropoutWrapper, version 1.15",
    "the papers": "Srivastava et al. 2014, section 4, and those named in the line",
}

WORDS = {
    "A layer that keeps 80%": {
        OURS: "draw_mask(x.shape, keep_prob=0.8, rng=rng)  # the probability of keeping",
        "PyTorch": "torch.nn.Dropout(p=0.2)  # the probability of dropping",
        "Keras": "keras.layers.Dropout(rate=0.2)  # the probability of dropping",
        "Flax": "flax.linen.Dropout(rate=0.2)  # the probability of dropping",
        "TensorFlow 1": "tf.nn.dropout(x, keep_prob=0.8)  # of keeping; its only name up to 1.12; TensorFlow 2: rate",
        "the papers": "p = 0.8  # the probability of keeping",
    },
    "If you say nothing": {
        OURS: "network.predict(x)  # off",
        "PyTorch": "layer(x)  # on: a new layer is in training mode",
        "Keras": "layer(x)  # off, outside fit()",
        "Flax": "layer.apply({}, x)  # an error: you must say it",
        "TensorFlow 1": "tf.nn.dropout(x)  # an error: you must say it",
        "the papers": "nothing to say",
    },
    "On, for training": {
        OURS: "network.predict(x, masks=masks, keep_prob=keep_prob)  # the masks are arguments",
        "PyTorch": "layer.train()(x)  # a state: model.train() sets it in every layer inside",
        "Keras": "layer(x, training=True)  # an argument; fit() gives it",
        "Flax": "layer.apply({}, x, deterministic=False, rngs={'dropout': key})  # an argument",
        "TensorFlow 1": "feed_dict={keep_prob: 0.8}  # a value, given in every call",
        "the papers": "multiply by the mask  # survivors are not scaled",
    },
    "Off, for inference": {
        OURS: "network.predict(x)  # no masks",
        "PyTorch": "layer.eval()(x)  # the same state: model.eval() sets it in every layer inside",
        "Keras": "layer(x, training=False)  # predict() and evaluate() give it",
        "Flax": "layer.apply({}, x, deterministic=True)",
        "TensorFlow 1": "feed_dict={keep_prob: 1.0}",
        "the papers": "outgoing weights times p",
    },
    "The random numbers come from": {
        OURS: "np.random.default_rng(0)  # the rng that you pass",
        "PyTorch": "torch.manual_seed(0)  # one generator for the whole program",
        "Keras": "keras.layers.Dropout(rate=0.2, seed=0)  # a generator in each layer",
        "Flax": "{'dropout': jax.random.key(0)}  # the key of this call: same key, same mask",
        "TensorFlow 1": "tf.set_random_seed(0)  # or seed=0 in the call",
        "the papers": "not said",
    },
    "To drop whole channels": {
        OURS: "draw_mask((examples, channels, 1, 1), keep_prob=0.8, rng=rng)",
        "PyTorch": "torch.nn.Dropout2d(p=0.2)  # axes: example, channel, row, column",
        "Keras": "keras.layers.SpatialDropout2D(rate=0.2)  # axes: example, row, column, channel",
        "Flax": "flax.linen.Dropout(rate=0.2, broadcast_dims=(1, 2))  # axes as in Keras",
        "TensorFlow 1": "tf.nn.dropout(x, keep_prob=0.8, noise_shape=[examples, 1, 1, channels])",
        "the papers": "SpatialDropout  # Tompson et al. 2015",
    },
    "To drop single weights": {
        OURS: "weights * draw_mask(weights.shape, keep_prob=0.8, rng=rng) / 0.8  # by hand",
        "PyTorch": "torch.nn.functional.dropout(weights, p=0.2)  # by hand; on, unless training=False",
        "Keras": "keras.random.dropout(weights, rate=0.2)  # by hand; always on",
        "Flax": "layer.apply({}, weights, deterministic=False, rngs={'dropout': key})  # by hand",
        "TensorFlow 1": "tf.nn.dropout(weights, keep_prob=0.8)  # by hand",
        "the papers": "DropConnect  # Wan et al. 2013",
    },
    "In a recurrent network": {
        OURS: "draw_mask(state.shape, keep_prob=0.8, rng=rng)  # by hand; once for a sequence",
        "PyTorch": "torch.nn.LSTM(5, 7, num_layers=2, dropout=0.2)  # between the layers, never the state",
        "Keras": "keras.layers.LSTM(7, recurrent_dropout=0.2)  # the state, one mask for a sequence",
        "Flax": "flax.linen.LSTMCell(7)  # nothing: by hand",
        "TensorFlow 1": "tf.nn.rnn_cell.DropoutWrapper(cell, state_keep_prob=0.8)  # fresh in every step by default",
        "the papers": "one mask for a sequence  # Gal and Ghahramani 2016, on recurrent networks",
    },
}


@dataclass(frozen=True)
class Table:
    """Headings, each with its rows (name, code, comment), as text and as the table that a page shows."""

    sections: dict

    def __repr__(self):
        lines = []
        for heading, rows in self.sections.items():
            lines.append(heading)
            lines += [f"    {name:12}  {'  # '.join(filter(None, words))}" for name, *words in rows]
        return "\n".join(lines)

    def _repr_html_(self):
        left, body = ' style="text-align:left"', ""
        for heading, rows in self.sections.items():
            body += f'<tr><th colspan="3"{left}>{escape(heading)}</th></tr>'
            for name, code, comment in rows:
                parts = escape(name), f"<code>{escape(code)}</code>" * bool(code), escape(comment)
                body += f"<tr>{''.join(f'<td{left}>{part}</td>' for part in parts)}</tr>"
        return f"<table>{body}</table>"


def table(*questions):
    """Show what each library answers to these questions of WORDS."""
    return Table({question: [_row(*said) for said in WORDS[question].items()] for question in questions})


def _row(library, words):
    code, _, comment = words.partition("  # ")
    return library, code, comment


def origins():
    """Show which lines were run, with which versions, and where the rest come from."""
    run = [
        (library, "", ", ".join(f"{name} {number}" for name, number in versions.items()))
        for library, versions in VERSIONS.items()
    ]
    return Table(
        {"Run by a test, with": run, "Not run; taken from": [(name, "", words) for name, words in SOURCES.items()]}
    )
