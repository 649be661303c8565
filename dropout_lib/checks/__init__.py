"""Verdicts on what the learner wrote: one file a page, `from dropout_lib.checks import draw_the_mask as check`."""
