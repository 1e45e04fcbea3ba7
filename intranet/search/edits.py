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


def tolerance(length: int) -> int:
    """How many wrong letters a word of this length is forgiven: one from 4, two from 8."""
    return 0 if length < 4 else 1 if length < 8 else 2


def is_near(a: str, b: str) -> bool:
    """Whether b may be what was meant by a: other letters, no more than a is forgiven."""
    most = tolerance(len(a))
    if most < 2:
        return most == 1 and is_one_letter_apart(a, b)
    return a != b and abs(len(a) - len(b)) <= most and _distance(a, b, most) <= most


def _distance(a: str, b: str, most: int) -> int:
    """Letters added, missing, changed or swapped with the next between a and b; the count stops
    where it is more than `most`."""
    before: list[int] = []
    last = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
        before, last = last, row
    return last[-1]
