"""The mathematics of dropout by name; figures, explorers and checks are imported where they are used."""

from dropout_lib.batched_prediction import masked_predictions
from dropout_lib.comparison import VERDICTS, ClaimJudgement, Comparison, compare, interval, judge_claim
from dropout_lib.contributions import (
    accuracy_without,
    lost_without_each,
    margin_contributions,
    median_cancellation,
    most_helpful_first,
)
from dropout_lib.data import curve_points, digits, digits_task, moons, wrong_labels
from dropout_lib.ensemble import Averages, Subnetworks, all_masks, every_subnetwork, exact_averages, mask_probabilities
from dropout_lib.masks import apply_dropout, apply_mask, draw_mask
from dropout_lib.monte_carlo import MonteCarlo, monte_carlo_dropout
from dropout_lib.network import Network, accuracy, cross_entropy, draw_network, softmax
from dropout_lib.penalty import dropout_ridge
from dropout_lib.seeded_training import SettingResults, fit_curve, generators, try_settings
from dropout_lib.training import History, train

__all__ = [
    "Averages",
    "ClaimJudgement",
    "Comparison",
    "History",
    "MonteCarlo",
    "Network",
    "SettingResults",
    "Subnetworks",
    "VERDICTS",
    "accuracy",
    "accuracy_without",
    "all_masks",
    "apply_dropout",
    "apply_mask",
    "compare",
    "cross_entropy",
    "curve_points",
    "digits",
    "digits_task",
    "draw_mask",
    "draw_network",
    "dropout_ridge",
    "every_subnetwork",
    "exact_averages",
    "fit_curve",
    "generators",
    "interval",
    "judge_claim",
    "lost_without_each",
    "margin_contributions",
    "mask_probabilities",
    "masked_predictions",
    "median_cancellation",
    "monte_carlo_dropout",
    "moons",
    "most_helpful_first",
    "softmax",
    "train",
    "try_settings",
    "wrong_labels",
]
