"""Processor time by kind of process: what a busy machine does not change, whereas seconds on the clock it does."""

import time
from collections import Counter

import psutil

#: What the command of a process holds -> what it is called here. The first that fits counts.
_KINDS = {
    "services.certification.worker": "workers",
    "shared.worker.relay": "relay",
    "postgres": "database",
    "valkey": "broker",
    "weed": "file store",
}


def processor_seconds() -> Counter[str]:
    """Seconds that the processes below this one have used so far, those that have ended below them included."""
    used: Counter[str] = Counter()
    for process in psutil.Process().children(recursive=True):
        try:
            command, times = " ".join(process.cmdline()), process.cpu_times()
        except psutil.Error:
            continue  # It has just ended.
        kind = next((kind for part, kind in _KINDS.items() if part in command), "others")
        used[kind] += times.user + times.system + times.children_user + times.children_system
    return used


def wait_until_idle(kind: str) -> None:
    """Wait until processes of a kind have loaded what they need: until they have been at rest for two seconds."""
    quiet, before = 0, processor_seconds()[kind]
    while quiet < 2:
        time.sleep(1)
        now = processor_seconds()[kind]
        quiet = quiet + 1 if before > _LOADED and now - before < _RESTING else 0
        before = now


#: Processor seconds that loading takes at least, and that a process at rest uses in a second at most.
_LOADED, _RESTING = 1.0, 0.1
