"""The one colour code of the course (Okabe and Ito), and the ink that follows the page's theme."""

KEPT = "#0072B2"  # also: with dropout
THRESHOLD = "#E69F00"  # keep_prob; 2.2:1 on white, so at least 4 px thick and with its number beside it
THIRD, FOURTH = "#D55E00", "#009E73"  # further curves of a chart, at 3:1 or more on light and dark ground
INK = "currentColor"  # text, axes, dropped neurons; also: without dropout
SHADE = 0.2  # the opacity of an area in KEPT: marks in KEPT on it still have 3:1, on light and dark ground
STILL_INK = "#333333"  # where an SVG is an image and the theme does not reach it
STILL_GROUND = "#FFFFFF"
