"""Nuxt 3's `__NUXT_DATA__`: one flat list in which objects and lists name their parts by place (the format of the library devalue)."""

MOST, DEEPEST = 60_000, 30
WRAPPERS = {"Reactive", "ShallowReactive", "Ref", "ShallowRef", "EmptyRef", "EmptyShallowRef", "NuxtError", "Set"}


def unflattened(some):
    """The value that a flat list stands for: a dict or list, or None where the list is none of these. Parts beyond MOST stay None."""
    if not isinstance(some, list) or not some or not isinstance(some[0], (dict, list)):
        return None
    left = [MOST]

    def value(place, deep):
        left[0] -= 1
        if isinstance(place, bool) or not isinstance(place, int) or not 0 <= place < len(some) or left[0] < 0 or deep > DEEPEST:
            return None
        one = some[place]
        if isinstance(one, dict):
            return {key: value(inner, deep + 1) for key, inner in one.items()}
        if isinstance(one, list) and one and isinstance(one[0], str):
            return value(one[1], deep) if one[0] in WRAPPERS and len(one) > 1 else None
        return [value(inner, deep + 1) for inner in one] if isinstance(one, list) else one
    return value(0, 0)
