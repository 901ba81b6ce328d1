"""How much memory the platform needs while nobody is there."""

import psutil

BUDGET_BYTES = 10**9


def idle_bytes(runner_pid: int) -> dict[str, int]:
    """Proportional share of memory (PSS) of the runner and everything below it, by program."""
    runner = psutil.Process(runner_pid)
    found: dict[str, int] = {}
    for process in [runner, *runner.children(recursive=True)]:
        try:
            share = process.memory_full_info().pss
            name = process.name()
        except psutil.Error:
            continue
        found[name] = found.get(name, 0) + share
    return found
