"""Typing mistakes (pure)."""


def is_one_letter_apart(a: str, b: str) -> bool:
    """Whether one letter added, missing, changed or swapped with the next makes a into b."""
    if a == b or abs(len(a) - len(b)) > 1:
        return False
    shorter, longer = sorted((a, b), key=len)
    same = next((i for i, (x, y) in enumerate(zip(shorter, longer, strict=False)) if x != y), None)
    if same is None:
        return True
    if len(shorter) != len(longer):
        return shorter[same:] == longer[same + 1 :]
    if shorter[same + 1 :] == longer[same + 1 :]:
        return True
    swapped = longer[same + 1 : same + 2] + longer[same : same + 1]
    return shorter[same : same + 2] == swapped and shorter[same + 2 :] == longer[same + 2 :]
