"""The one colour code of the course (Okabe and Ito), and the ink that follows the page's theme."""

KEPT = "#0072B2"  # also: with dropout
THRESHOLD = "#E69F00"  # keep_prob; 2.2:1 on white, so at least 4 px thick and with its number beside it
INK = "currentColor"  # text, axes, dropped neurons; also: without dropout
STILL_INK = "#333333"  # where an SVG is an image and the theme does not reach it
STILL_GROUND = "#FFFFFF"
