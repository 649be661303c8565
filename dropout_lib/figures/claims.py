"""Judged claims, one row for each: their intervals, measured by the difference that each claim asks for."""

from dropout_lib.figures.palette import KEPT, THRESHOLD
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import line, text

LEFT, RIGHT, TOP, ROW, APART = 36, 560, 50, 62, 12
LOWEST, HIGHEST = -2, 8  # in units of the difference asked for; what reaches farther is cut with an arrow


@figure
def claims(judged, *, width=WIDTH):
    """Draw `judged`, a name -> its ClaimJudgement: an interval for each comparison, and the word of the verdict.

    The thick line at 1 is the difference that a claim asks for, whatever its unit; the thin one at 0 is no difference.
    An interval wholly to the right of the thick line bears the claim out.
    """
    bottom = TOP + ROW * len(judged)
    body = [
        text(_x(0) - 8, TOP - 22, "no difference", anchor="end", size=16),
        text(_x(1) + 4, TOP - 22, "asked for", size=16, anchor="start"),
    ]
    for place, (name, judgement) in enumerate(judged.items()):
        y, rows = TOP + ROW * place, len(judgement.comparisons)
        body.append(line(_x(0), y + 8, _x(0), y + 20 + APART * rows))
        body.append(line(_x(1), y + 8, _x(1), y + 20 + APART * rows, color=THRESHOLD, width=4))
        body.append(text(LEFT, y, name, anchor="start", size=16))
        body.append(text(WIDTH - 10, y + 20, judgement.word, anchor="end", size=16, more='font-weight="bold"'))
        for number, found in enumerate(judgement.comparisons):
            asked = judgement.sign * judgement.minimum_difference
            body.append(_interval(y + 18 + APART * number, found.mean / asked, abs(found.half_width / asked)))
    sentence = "; ".join(f"{name}: {judgement}" for name, judgement in judged.items()) + "."
    if len(judged) == 1:
        return drawing("".join(body), height=bottom + 10, sentence=sentence)
    words = [judgement.word for judgement in judged.values()]
    counts = "; ".join(f"{word}: {words.count(word)}" for word in dict.fromkeys(words))
    tally = f"{len(words)} claims. {counts[:1].upper()}{counts[1:]}."
    return drawing("".join(body), height=bottom + 10, sentence=f"{tally} {sentence}", caption=tally)


def _x(value):
    return LEFT + (RIGHT - LEFT) * (min(max(value, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)


def _interval(y, mean, half):
    parts = [line(_x(mean - half), y, _x(mean + half), y, color=KEPT, width=4)]
    if LOWEST <= mean <= HIGHEST:
        parts.append(f'<circle class="mean" cx="{_x(mean):.4g}" cy="{y:.4g}" r="5" fill="{KEPT}"/>')
    for end, past, tip in ((LOWEST, mean - half < LOWEST, -10), (HIGHEST, mean + half > HIGHEST, 10)):
        if past:
            parts.append(f'<path class="arrow" d="M{_x(end):.4g} {y - 6:.4g}l{tip} 6l{-tip} 6z" fill="{KEPT}"/>')
    return "".join(parts)
