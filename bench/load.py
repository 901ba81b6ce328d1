"""A client that measures: one kept connection, one request after another."""

import http.client
import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

WARM_UP = 20


@dataclass(frozen=True)
class Target:
    """One address to be asked, with the headers of who asks."""

    name: str
    url: str
    headers: dict[str, str]


class WrongAnswer(Exception):
    """The address did not answer 200: what would be measured is not what is meant."""


class Client:
    """One connection to one origin."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=20)

    def seconds(self, target: Target) -> float:
        """How long one answer took, body included."""
        parts = urlsplit(target.url)
        started = time.perf_counter()
        self._connection.request("GET", f"{parts.path}?{parts.query}".rstrip("?"), headers=target.headers)
        response = self._connection.getresponse()
        response.read()
        taken = time.perf_counter() - started
        if response.status != 200:
            raise WrongAnswer(f"{target.name}: {target.url} answered {response.status}")
        return taken


def paired_ratio(target: Target, baseline: Target, *, rounds: int) -> tuple[float, float]:
    """Median seconds of the target, and the median over rounds of target/baseline, asked in turn."""
    client, base = Client(target.url), Client(baseline.url)
    for _ in range(WARM_UP):
        client.seconds(target)
        base.seconds(baseline)
    pairs = [(client.seconds(target), base.seconds(baseline)) for _ in range(rounds)]
    return statistics.median(t for t, _ in pairs), statistics.median(t / b for t, b in pairs)


def paired(work: Callable[[], None], baseline: Callable[[], None], *, rounds: int) -> tuple[float, float]:
    """The same for two pieces of work in this process."""
    pairs = []
    for _ in range(rounds):
        started = time.perf_counter()
        work()
        between = time.perf_counter()
        baseline()
        pairs.append((between - started, time.perf_counter() - between))
    return statistics.median(t for t, _ in pairs), statistics.median(t / b for t, b in pairs)
