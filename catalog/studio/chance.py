"""Drawing lots: every choice a recipe makes comes from one numpy Generator."""

from contextlib import contextmanager
from contextvars import ContextVar

_drape = ContextVar("drape", default=0)


def pick(rng, options, weights=None):
    """One of the options, as it is. weights: how often each, any positive scale."""
    options = list(options)
    if weights is None:
        return options[rng.integers(len(options))]
    total = sum(weights)
    return options[rng.choice(len(options), p=[weight / total for weight in weights])]


def maybe(rng, chance):
    return bool(rng.random() < chance)


def seed(rng):
    """A seed for how a garment falls, as opposed to how it is cut: `redraped` changes these and nothing else."""
    return (int(rng.integers(1_000_000)) + 1_000_003 * _drape.get()) % 2**31


@contextmanager
def redraped(number):
    """Inside, the same cut from the same Generator is the same garment, fallen another time. number: 0 is the first time."""
    token = _drape.set(number)
    try:
        yield
    finally:
        _drape.reset(token)
