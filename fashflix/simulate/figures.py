"""Means with confidence intervals, learners compared on the same people."""

import numpy as np

RESAMPLES = 2000
LEVEL = 0.95


def summary(values, baseline, women, seed=0):
    """One figure of one learner.

    values, baseline: float (people,), of the learner and of the one it is compared with, NaN where it cannot be told. women: bool (people,).
    Returns dict: mean, low and high (LEVEL interval of the mean, bootstrap over people), women, men (means), gain (mean difference to the
    baseline over people who have both), gain_low and gain_high (its interval: paired bootstrap, Efron 1979).
    """
    values, gain = np.asarray(values, float), np.asarray(values, float) - np.asarray(baseline, float)
    low, high = interval(values, seed)
    gain_low, gain_high = interval(gain, seed)
    return {name: round(float(value), 4) for name, value in {
        "mean": _mean(values), "low": low, "high": high, "women": _mean(values[women]), "men": _mean(values[~women]),
        "gain": _mean(gain), "gain_low": gain_low, "gain_high": gain_high}.items()}


def interval(values, seed=0):
    """The LEVEL interval of a mean, by resampling people. values: float (people,), NaN left out. Returns (low, high)."""
    values = values[~np.isnan(values)]
    if len(values) < 2:
        return np.nan, np.nan
    picks = np.random.default_rng(seed).integers(0, len(values), (RESAMPLES, len(values)))
    return tuple(np.quantile(values[picks].mean(axis=1), [(1 - LEVEL) / 2, (1 + LEVEL) / 2]))


def _mean(values):
    values = values[~np.isnan(values)]
    return values.mean() if len(values) else np.nan


def calibration_error(expected, happened, bins=10):
    """Expected calibration error: how far, on average, what was expected lies from what happened, over equally filled bins (Naeini 2015).

    expected: float (n,), probabilities. happened: bool or float (n,). Returns (error, list of (mean expected, mean happened, count)).
    """
    expected, happened = np.asarray(expected, float), np.asarray(happened, float)
    order = np.argsort(expected, kind="stable")
    parts = [part for part in np.array_split(order, bins) if len(part)]
    rows = [(float(np.mean(expected[part])), float(np.mean(happened[part])), len(part)) for part in parts]
    return sum(count * abs(said - was) for said, was, count in rows) / max(len(expected), 1), rows
