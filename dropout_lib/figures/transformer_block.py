"""Where a transformer can drop: one block, from top to bottom, and beside each place the mask that is drawn there."""

import numpy as np

from dropout_lib.figures.palette import KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure
from dropout_lib.figures.shapes import bar, line, numbers_of, text, tile

# For each place: its name, what the rows of its mask are and what a column is, and whether it ends a branch.
PLACES = {
    "embedding": ("tokens", "number", False),
    "attention": ("queries", "key", False),
    "after attention": ("tokens", "number", True),
    "feed-forward": ("tokens", "neuron", False),
    "after feed-forward": ("tokens", "number", True),
}
TRUNK, BOX, BOX_WIDE, LEFT, TOP, GAP = 40, 90, 190, 420, 28, 28


@figure
def transformer_block(masks, *, width=WIDTH):
    """Draw the five places, each with its Boolean mask: `masks` maps the names of PLACES to arrays (rows, columns).

    The line at the left is what passes every branch by; a branch ends at a plus. Raises KeyError for a missing place.
    """
    masks = {name: np.asarray(masks[name]) for name in PLACES}
    size = min(16, (WIDTH - LEFT - 10) / max(mask.shape[1] for mask in masks.values()))
    body, parts, y, above = [], [], TOP, TOP
    for name, mask in masks.items():
        row, column, ends = PLACES[name]
        tall = len(mask) * size
        middle = y + tall / 2
        if ends:  # what the place above passes on
            body.append(line(BOX + BOX_WIDE / 2, above + 20, BOX + BOX_WIDE / 2, middle - 20, more='class="within"'))
        above = middle
        body += [_place(name, middle, ends), line(BOX + BOX_WIDE, middle, LEFT - 12, middle, more='class="to-mask"')]
        body.append(text(LEFT, y - 8, f"rows: {row}; columns: {column}s", anchor="start", size=15))
        body += [
            tile(LEFT + at * size, y + down * size, size, kept)
            for down, entries in enumerate(mask)
            for at, kept in enumerate(entries)
        ]
        many = f"{mask.shape[0]} x {mask.shape[1]}"
        kept = f"{int(mask.sum())} of {mask.size} kept"
        parts.append((name, kept, many, f"in row 1 {column}s {numbers_of(mask[0])}"))
        y += max(tall, 44) + GAP
    bottom = y - GAP + 6
    body.insert(0, line(TRUNK, TOP, TRUNK, bottom, width=3, more='class="trunk"'))
    whole = "; ".join(f"{name} {many}, {kept}, {first}" for name, kept, many, first in parts)
    short = "; ".join(f"{name} {kept}" for name, kept, *_ in parts)
    sentence, caption = f"Five places and their masks: {whole}.", f"Five places and their masks: {short}."
    return drawing("".join(body), height=round(bottom + 8), sentence=sentence, caption=caption)


def _place(name, middle, ends):
    """Draw a place as a box with its name, and its way to the trunk; the end of a branch is a plus on the trunk."""
    box = bar(BOX, middle - 20, BOX_WIDE, 40, color=KEPT, hollow=True)
    words = text(BOX + BOX_WIDE / 2, middle + 6, name, more='font-weight="bold"')
    way = line(TRUNK, middle, BOX, middle)
    if not ends:
        return box + words + way
    plus = (
        f'<circle class="plus" cx="{TRUNK}" cy="{middle:.4g}" r="13" fill="#FFFFFF" stroke="{KEPT}" stroke-width="3"/>'
    )
    cross = line(TRUNK - 7, middle, TRUNK + 7, middle, color=KEPT) + line(
        TRUNK, middle - 7, TRUNK, middle + 7, color=KEPT
    )
    return box + words + way + plus + cross
