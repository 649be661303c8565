"""Where a transformer can drop: one block, from top to bottom, and beside each place the mask that is drawn there."""

import numpy as np

from dropout_lib.figures.palette import KEPT
from dropout_lib.figures.picture import WIDTH, drawing, figure, is_narrow
from dropout_lib.figures.shapes import bar, line, numbers_of, text, tile

# For each place: its name, what the rows of its mask are and what a column is, and whether it ends a branch.
PLACES = {
    "embedding": ("tokens", "number", False),
    "attention": ("queries", "key", False),
    "after attention": ("tokens", "number", True),
    "feed-forward": ("tokens", "neuron", False),
    "after feed-forward": ("tokens", "number", True),
}
TOP, GAP, SIZE = 28, 28, 16


@figure
def transformer_block(masks, *, width=WIDTH):
    """Draw the five places, each with its Boolean mask: `masks` maps the names of PLACES to arrays (rows, columns).

    The line at the left is what passes every branch by; a branch ends at a plus. Raises KeyError for a missing place.
    """
    masks = {name: np.asarray(masks[name]) for name in PLACES}
    narrow = is_narrow(width)  # then a mask is below its place, not beside it
    trunk, box, left = (20, (46, 182), 76) if narrow else (40, (90, 190), 420)
    size = min(SIZE, (width - left - 10) / max(mask.shape[1] for mask in masks.values()))
    inner = 14 if narrow else box[1] / 2  # how far from the box's left edge its branch leaves it
    body, parts, y, above = [], [], TOP, TOP
    for name, mask in masks.items():
        row, column, ends = PLACES[name]
        tall = len(mask) * size
        middle = y if narrow else y + tall / 2
        if ends:  # what the place above passes on
            body.append(line(box[0] + inner, above + 20, box[0] + inner, middle - 20, more='class="within"'))
        above = middle
        body += [_place(name, middle, trunk, box, ends), _to_mask(left, middle, box, narrow)]
        words = [f"rows: {row};", f"columns: {column}s"]
        if narrow:
            body += [text(sum(box) + 8, y - 4 + 18 * at, word, anchor="start") for at, word in enumerate(words)]
        else:
            body.append(text(left, y - 8, " ".join(words), anchor="start", size=15))
        y += 32 * narrow
        body += [
            tile(left + at * size, y + down * size, size, kept)
            for down, entries in enumerate(mask)
            for at, kept in enumerate(entries)
        ]
        many = f"{mask.shape[0]} x {mask.shape[1]}"
        kept = f"{int(mask.sum())} of {mask.size} kept"
        parts.append((name, kept, many, f"in row 1 {column}s {numbers_of(mask[0])}"))
        y += tall + GAP + 16 if narrow else max(tall, 44) + GAP
    bottom = y - GAP + 6
    body.insert(0, line(trunk, TOP - 20 * narrow, trunk, bottom, width=3, more='class="trunk"'))
    whole = "; ".join(f"{name} {many}, {kept}, {first}" for name, kept, many, first in parts)
    short = "; ".join(f"{name} {kept}" for name, kept, *_ in parts)
    sentence, caption = f"Five places and their masks: {whole}.", f"Five places and their masks: {short}."
    return drawing("".join(body), height=round(bottom + 8), sentence=sentence, caption=caption, width=width)


def _to_mask(left, middle, box, narrow):
    """Lead from a place to its mask: to the right, or down."""
    ends = (left + 8, middle + 20, left + 8, middle + 30) if narrow else (sum(box), middle, left - 12, middle)
    return line(*ends, more='class="to-mask"')


def _place(name, middle, trunk, box, ends):
    """Draw a place as a box with its name, and its way to the trunk; the end of a branch is a plus on the trunk."""
    left, wide = box
    body = bar(left, middle - 20, wide, 40, color=KEPT, hollow=True)
    body += text(left + wide / 2, middle + 6, name, more='font-weight="bold"') + line(trunk, middle, left, middle)
    if not ends:
        return body
    plus = (
        f'<circle class="plus" cx="{trunk}" cy="{middle:.4g}" r="13" fill="#FFFFFF" stroke="{KEPT}" stroke-width="3"/>'
    )
    cross = line(trunk - 7, middle, trunk + 7, middle, color=KEPT) + line(
        trunk, middle - 7, trunk, middle + 7, color=KEPT
    )
    return body + plus + cross
