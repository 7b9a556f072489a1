"""Learners: a swipe log -> a taste. Maths only, in numpy.

A profile is its swipe log, so undo, edit and a change of learner are exact: fit again on the log that remains.

    taste       what every learner returns, and the checks of a log
    linear      one direction: the first rule of FashFlix (ema), Rocchio, logistic and Bayesian regression
    kernel      several tastes side by side: a Gaussian process; the default
"""

from fashflix.preference.kernel import Kernel
from fashflix.preference.linear import Bayes, ExponentialMovingAverage, Logistic, Rocchio
from fashflix.preference.taste import LinearTaste, Taste

LEARNERS = {"kernel": Kernel(), "ema": ExponentialMovingAverage(), "rocchio": Rocchio(), "logistic": Logistic(), "bayes": Bayes()}

__all__ = ["LEARNERS", "Bayes", "ExponentialMovingAverage", "Kernel", "LinearTaste", "Logistic", "Rocchio", "Taste"]
