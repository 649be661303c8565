"""Time and memory, as ratios of one run in which the contestants take turns. It reports; it fails nothing."""
