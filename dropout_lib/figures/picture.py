"""A picture is an SVG and the sentence that says what it shows; here is how it is shown live and how it is stored."""

import base64
import html
from dataclasses import dataclass, replace
from urllib.parse import quote

from dropout_lib.figures.palette import INK, STILL_GROUND, STILL_INK

WIDTH = 760


def escape(text):
    """Make any text safe inside SVG and HTML. Everything that enters a picture goes through here."""
    return html.escape(str(text), quote=True)


@dataclass(frozen=True)
class Picture:
    """An SVG string and its sentence. As the last expression of a cell it shows itself."""

    svg: str
    sentence: str
    is_chart: bool = False

    def with_words(self, words):
        """Give the same picture, with these words before its sentence."""
        sentence = f"{words} {self.sentence}"
        svg = self.svg.replace(f'aria-label="{escape(self.sentence)}"', f'aria-label="{escape(sentence)}"', 1)
        return replace(self, svg=svg, sentence=sentence)

    def live(self, warning="", *, lines=0):
        """Give the HTML that follows the page's theme: the SVG and its sentence in one value, so that they agree.

        A warning takes the sentence's place. Room for so many `lines` is reserved, so that nothing on the page moves.
        """
        words = f"<strong>{escape(warning)}</strong>" if warning else escape(self.sentence)
        return (
            f'<div style="max-width:{WIDTH}px;color:var(--jp-content-font-color1,inherit)">{self.svg}'
            f'<p style="margin:0;min-height:{1.5 * lines:g}em;font-size:15px;line-height:1.5">{words}</p></div>'
        )

    def still_svg(self):
        """Give the SVG for use as an image, which no theme reaches: fixed greys on white."""
        return self.svg.replace(INK, STILL_INK).replace('style="', f'style="background:{STILL_GROUND};', 1)

    def still(self):
        """Give the HTML of a page without a kernel: the picture as an image, and the sentence below it."""
        ink = self.still_svg()
        # A diagram is the same letter by letter everywhere; a chart is not, and nbval passes over base64.
        if self.is_chart:
            source = f"data:image/svg+xml;base64,{base64.b64encode(ink.encode()).decode()}"
        else:
            source = f"data:image/svg+xml,{quote(ink, safe=' =:/,;()')}"
        words = escape(self.sentence)
        return (
            f'<figure style="margin:0"><img alt="{words}" src="{source}" width="{WIDTH}" '
            f'style="max-width:100%;height:auto"><figcaption>{words}</figcaption></figure>'
        )

    def _repr_mimebundle_(self, include=None, exclude=None):
        from ipywidgets import HTML  # noqa: PLC0415 - a figure needs widgets only when it is shown

        return bundle(HTML(self.live()), self)


def bundle(widget, picture, *, hint=""):
    """Give one output with the live widget, the still and the sentence, for a picture and an explorer alike.

    `hint` is a line below the still: what only a page whose widget is gone should say.
    """
    data, below = dict(widget._repr_mimebundle_()), f'<p style="margin:0">{escape(hint)}</p>' if hint else ""
    return data | {"text/html": picture.still() + below, "text/plain": picture.sentence}


def drawing(body, *, height, sentence):
    """Make the Picture of a diagram from its SVG body, drawn on a ground of WIDTH by `height`."""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(sentence)}" font-family="sans-serif" font-size="18" '
        f'style="display:block;width:100%;height:auto" fill="{INK}">{body}</svg>'
    )
    return Picture(svg, sentence)
