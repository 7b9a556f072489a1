"""Drawing lots: every choice a recipe makes comes from one numpy Generator."""


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
    return int(rng.integers(1_000_000))
