"""What happens to files on their way, and what somebody does to them: by chance, from a seed that a test names."""

import json
import random
from collections.abc import Callable, Iterator


def tampered(data: bytes, *, seed: str, count: int) -> Iterator[bytes]:
    """`count` changed files, the same for the same seed. None is the file itself."""
    chance = random.Random(seed)
    return (change(data, chance) for _ in range(count))


def change(data: bytes, chance: random.Random) -> bytes:
    """The file with one change: a byte, an end, a gap, something put in, something said again or exchanged."""
    at, until = sorted(chance.sample(range(len(data)), 2))
    other = bytes([data[at] ^ chance.randrange(1, 256)])
    kinds: list[Callable[[], bytes]] = [
        lambda: data[:at] + other + data[at + 1 :],
        lambda: data[:at],
        lambda: data[:at] + data[min(until, at + 40) :],
        lambda: data[:at] + chance.randbytes(8) + data[at:],
        lambda: data[:at] + data[at : at + 30] * 3 + data[at + 30 :],
        lambda: data[:at] + data[until : until + 1] + data[at + 1 : until] + data[at : at + 1] + data[until + 1 :],
    ]
    changed = chance.choice(kinds)()
    return changed if changed != data else data[:at]


def is_same_json(one: bytes, other: bytes) -> bool:
    """Whether both are JSON of the same value: blanks between the parts are in no signature."""
    try:
        return bool(json.loads(one) == json.loads(other))
    except ValueError:
        return False
