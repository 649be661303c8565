"""Judged claims, one row for each: their intervals, measured by the difference that each claim asks for."""

from dropout_lib.figures.palette import KEPT, THRESHOLD
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import in_lines, line, text

TOP, ROW, APART = 50, 62, 12
LOWEST, HIGHEST = -2, 8  # in units of the difference asked for; what reaches farther is cut with an arrow


@figure
def claims(judged, *, width=WIDTH):
    """Draw `judged`, a name -> its ClaimJudgement: an interval for each comparison, and the word of the verdict.

    The thick line at 1 is the difference that a claim asks for, whatever its unit; the thin one at 0 is no difference.
    An interval wholly to the right of the thick line bears the claim out.
    """
    narrow = is_narrow(width)
    ends = left, right = (36, width - 20) if narrow else (36, width - 200)
    none, due = _x(0, ends), _x(1, ends)
    body = [
        text(none - 8, TOP - 22, "no difference", anchor="end", size=16),
        text(due + 4, TOP - 22, "asked for", size=16, anchor="start"),
    ]
    bottom = TOP + 8 * narrow
    for name, judgement in judged.items():
        rows, lines = len(judgement.comparisons), in_lines(name, width - 16) if narrow else [name]
        y = bottom + 18 * (len(lines) - 1) + 20 * narrow  # the verdict stands below its claim's name, or beside it
        body.append(line(none, y + 8, none, y + 20 + APART * rows))
        body.append(line(due, y + 8, due, y + 20 + APART * rows, color=THRESHOLD, width=4))
        body += [
            text(8 if narrow else left, bottom + 18 * number, words, anchor="start", size=16)
            for number, words in enumerate(lines)
        ]
        place = (8, y) if narrow else (width - 10, y + 20)
        body.append(
            text(*place, judgement.word, anchor="start" if narrow else "end", size=16, more='font-weight="bold"')
        )
        for number, found in enumerate(judgement.comparisons):
            asked = judgement.sign * judgement.minimum_difference
            body.append(_interval(y + 18 + APART * number, found.mean / asked, abs(found.half_width / asked), ends))
        bottom = y + ROW
    sentence = "; ".join(f"{name}: {judgement}" for name, judgement in judged.items()) + "."
    if len(judged) == 1:
        return drawing("".join(body), height=bottom + 10, sentence=sentence, width=width)
    words = [judgement.word for judgement in judged.values()]
    counts = "; ".join(f"{word}: {words.count(word)}" for word in dict.fromkeys(words))
    tally = f"{len(words)} claims. {counts[:1].upper()}{counts[1:]}."
    return drawing("".join(body), height=bottom + 10, sentence=f"{tally} {sentence}", caption=tally, width=width)


def _x(value, ends):
    left, right = ends
    return left + (right - left) * (min(max(value, LOWEST), HIGHEST) - LOWEST) / (HIGHEST - LOWEST)


def _interval(y, mean, half, ends):
    parts = [line(_x(mean - half, ends), y, _x(mean + half, ends), y, color=KEPT, width=4)]
    if LOWEST <= mean <= HIGHEST:
        parts.append(f'<circle class="mean" cx="{_x(mean, ends):.4g}" cy="{y:.4g}" r="5" fill="{KEPT}"/>')
    for end, past, tip in ((LOWEST, mean - half < LOWEST, -10), (HIGHEST, mean + half > HIGHEST, 10)):
        if past:
            parts.append(f'<path class="arrow" d="M{_x(end, ends):.4g} {y - 6:.4g}l{tip} 6l{-tip} 6z" fill="{KEPT}"/>')
    return "".join(parts)
