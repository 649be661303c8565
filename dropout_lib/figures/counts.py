"""How many neurons are kept: the exact probabilities as hollow bars, the shares of draws as filled ones inside."""

import math

import numpy as np

from dropout_lib.figures.palette import INK
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, line, text

TOP, BOTTOM, APART = 52, 270, 21  # the least room for the name of a bar


@figure
def counts(exact, drawn, *, width=WIDTH):
    """Draw for each count 0, 1, ..., n its exact probability and the share of draws in which it came up."""
    exact, drawn = np.asarray(exact, float), np.asarray(drawn, float)
    highest = max(exact.max(), drawn.max())
    left, right = (52, width - 8) if is_narrow(width) else (70, width - 20)
    step = (right - left) / len(exact)
    body = [_legend(left), line(left, BOTTOM, right, BOTTOM)]
    for count, (probability, share) in enumerate(zip(exact, drawn, strict=True)):
        x = left + count * step
        tall, inner = ((BOTTOM - TOP) * value / highest for value in (probability, share))
        body.append(bar(x + 0.1 * step, BOTTOM - tall, 0.8 * step, tall, color=INK, hollow=True))
        body.append(bar(x + 0.25 * step, BOTTOM - inner, 0.5 * step, inner))
        if count % math.ceil(APART / step) == 0:
            body.append(text(x + step / 2, BOTTOM + 24, count))
    body.append(text((left + right) / 2, BOTTOM + 50, "number of neurons kept"))
    body += [
        text(left - 10, BOTTOM - (BOTTOM - TOP) * share + 6, f"{100 * highest * share:z.0f}%", anchor="end", size=16)
        for share in (0, 0.5, 1)
    ]
    likely = int(exact.argmax())
    caption = (
        f"Most likely is {likely} of {len(exact) - 1}, with probability {exact[likely]:z.3f}; drawn in a share of "
        f"{drawn[likely]:z.3f}."
    )
    sentence = f"{caption} Exact probabilities: {_values(exact)}. Drawn: {_values(drawn)}."
    return drawing("".join(body), height=BOTTOM + 62, sentence=sentence, caption=caption, width=width)


def _legend(left):
    hollow = bar(left + 4, 10, 18, 18, color=INK, hollow=True) + text(left + 30, 25, "exact", anchor="start")
    return hollow + bar(left + 110, 9, 20, 20) + text(left + 138, 25, "drawn", anchor="start")


def _values(shares):
    return ", ".join(f"{count}: {share:z.3f}" for count, share in enumerate(shares) if share >= 0.0005)
