"""A picture is an SVG and the sentence that says what it shows; here is how it is shown live and how it is stored."""

import base64
import html
import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial, wraps

from dropout_lib.figures.palette import INK, STILL_GROUND, STILL_INK

WIDTH, NARROW = 760, 400  # of a drawing on a desk, and of one on a phone, which is shown at nine tenths of its size
LETTERS = 14  # the one size of letters in a narrow drawing: 12.5 px on a phone
# In px: what is around a notebook's page, and an explorer's picture; a row of controls; the least room for words.
AROUND, TAKEN, ROW, BESIDE = 130, 294, 48, 240
TWO_LINES = 190  # letters below a picture
WIDGET_VIEW = "application/vnd.jupyter.widget-view+json"


def escape(text):
    """Make any text safe inside SVG and HTML. Everything that enters a picture goes through here."""
    return html.escape(str(text), quote=True)


@dataclass(frozen=True)
class Picture:
    """An SVG string and its sentence. As the last expression of a cell it shows itself.

    Where the sentence has more than two lines, `caption` says in its words what a reader sees below the picture.
    """

    svg: str
    sentence: str
    caption: str = ""
    is_chart: bool = False
    again: Callable | None = field(default=None, compare=False, repr=False)

    @property
    def visible_words(self):
        """The words below the picture: at most two lines of a still one."""
        return self.caption or self.sentence

    def with_words(self, words):
        """Give the same picture, with these words before its sentence."""
        sentence = f"{words} {self.sentence}"
        svg = self.svg.replace(f'aria-label="{escape(self.sentence)}"', f'aria-label="{escape(sentence)}"', 1)
        caption, again = self.caption and f"{words} {self.caption}", self.again and partial(_again, self, words)
        return replace(self, svg=svg, sentence=sentence, caption=caption, again=again)

    def at(self, width):
        """Give the same picture drawn for another width, say NARROW: from the same arrays, as they are now.

        Raises TypeError for a Picture that no figure function made.
        """
        if self.again is None:
            message = (
                "This Picture cannot be drawn for another width: it was not made by a function that @figure wraps."
            )
            raise TypeError(message)
        return self.again(width=width)

    def live(self, warning="", *, lines=0, rows=0):
        """Give the HTML that follows the page's theme: the SVG and its words in one value, so that they agree.

        A warning takes the words' place. Room for so many `lines` is reserved, so that nothing on the page moves. With
        `rows` of controls above, the words are beside the picture where there is room, and all is on one screen, but
        its letters never fall below four fifths. A picture alone is no higher than a low window, down to three fifths.
        """
        words = f"<strong>{escape(warning)}</strong>" if warning else escape(self.visible_words)
        wide, high = map(float, re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', self.svg).groups())
        if rows:
            most = f"max({0.8 * WIDTH:g}px, calc((100vh - {TAKEN + ROW * rows}px) * {wide / high:z.3f}))"
        else:  # in a window lower than 600 px, as a projector's at 200%; the last part is huge in any other
            most = (
                f"max({0.6 * WIDTH:g}px, calc((100vh - {AROUND}px) * {wide / high:z.3f}), calc((100vh - 600px) * 99))"
            )
        return (
            f'<div style="display:{"flex" if rows else "block"};flex-wrap:wrap;gap:0 24px;'
            'color:var(--jp-content-font-color1,inherit)">'
            f'<div style="flex:0 1 {WIDTH}px;min-width:0;max-width:min({WIDTH}px, {most})">{self.svg}</div>'
            f'<p style="flex:1 1 {BESIDE}px;max-width:{WIDTH}px;margin:0;'
            f'min-height:{1.5 * lines:g}em;font-size:15px;line-height:1.5">{words}</p></div>'
        )

    def still_svg(self):
        """Give the SVG for use as an image, which no theme reaches: fixed greys on white."""
        return self.svg.replace(INK, STILL_INK).replace('style="', f'style="background:{STILL_GROUND};', 1)

    def still(self):
        """Give the HTML of a page without a kernel: the picture as an image, and the visible words below it.

        It is base64 since code hosts take other images out. A diagram is the same letter by letter everywhere; a chart
        is not, and says so, and nbval passes over that image alone.
        """
        source = f"data:image/svg+xml;base64,{base64.b64encode(self.still_svg().encode()).decode()}"
        return (
            f'<figure style="margin:0"><img {"data-chart " * self.is_chart}alt="{escape(self.sentence)}" '
            f'src="{source}" width="{WIDTH}" style="max-width:100%;height:auto">'
            f"<figcaption>{escape(self.visible_words)}</figcaption></figure>"
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        from ipywidgets import HTML  # noqa: PLC0415 - a figure needs widgets only when it is shown

        return bundle(HTML(self.live()), self)


def bundle(widget, picture, *, hint=""):
    """Give one output with the live widget, the still and the sentence, for a picture and an explorer alike.

    `hint` is a line below the still: what only a page whose widget is gone should say.
    """
    below = f'<p style="margin:0">{escape(hint)}</p>' if hint else ""
    return widget_view(widget) | {"text/html": picture.still() + below, "text/plain": picture.sentence}


def widget_view(widget):
    """Give the output that shows a widget live. Written out, since ipywidgets 7 has no method that gives it."""
    return {WIDGET_VIEW: {"version_major": 2, "version_minor": 0, "model_id": widget.model_id}}


def _again(picture, words, *, width):
    return picture.at(width).with_words(words)


def figure(draw):
    """Wrap a figure function, which takes `width=`, so that its Picture can be drawn `at` another width."""

    @wraps(draw)
    def drawn(*args, width=WIDTH, **kwargs):
        return replace(draw(*args, width=width, **kwargs), again=partial(drawn, *args, **kwargs))

    return drawn


def is_narrow(width):
    """Say whether a drawing of this width has its names above and its legends below, not beside."""
    return width < 600


def drawing(body, *, height, sentence, caption="", width=WIDTH):
    """Make the Picture of a diagram from its SVG body, drawn on a ground of `width` by `height`."""
    if is_narrow(width):
        body = re.sub(r' font-size="[\d.]+"', f' font-size="{LETTERS}"', body)
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-label="{escape(sentence)}" font-family="sans-serif" font-size="18" '
        f'style="display:block;width:100%;height:auto" fill="{INK}">{body}</svg>'
    )
    return Picture(svg, sentence, caption)
