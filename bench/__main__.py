"""`python -m bench`: one run, one table. It never fails on a number; what is over budget is said in words."""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

from bench import documents, formats, memory, published, statements, trust_log, wallet, weight, work
from bench.load import Target, paired_ratio
from bench.pages import Page, main_pages
from bench.people import COOKIE, Visitor, sign_in
from bench.stage import Stage, folder_for, set_stage
from services.certification.operations.seals import seal_of
from shared.contracts.services import Service
from shared.devkit.journey.browser import open_browser

ROUNDS = 40
WEIGHED = ("sign-in", "home, nobody", "lesson", "quiz")


def main() -> None:
    """Start the platform, measure, print."""
    parser = argparse.ArgumentParser(prog="python -m bench")
    parser.add_argument(
        "--var", type=Path, help="a folder of a platform that is not running; a new one is made without"
    )
    given = parser.parse_args()
    started = time.monotonic()
    print("starting the platform with its demo programme …", flush=True)
    with folder_for(given.var) as var, set_stage(var) as stage:
        idle = memory.idle_bytes(stage.platform.runner.pid)
        pages = find_pages(stage)
        remarks = [
            *measure_pages(stage, pages),
            *measure_work(stage),
            *documents.main(),
            *formats.print_rates(),
            *measure_trust_log(stage),
            *published.measure_published(stage),
            *measure_weight(stage, pages),
            *measure_memory(idle),
        ]
    print("\nOver budget:" if remarks else "\nEverything is within its budget.")
    print("\n".join(f"  {remark}" for remark in remarks))
    print(f"Took {time.monotonic() - started:.0f} s.")


def find_pages(stage: Stage) -> list[Page]:
    """The pages, as the people of the demo programme see them."""
    base_url, demo = stage.platform.base_url, Path(stage.platform.var) / "demo"
    learner, certified, trainer, office = (
        sign_in(base_url, demo, mailbox) for mailbox in ("kurs", "zertifikat", "trainerin", "buero")
    )
    return list(main_pages(Visitor(base_url), learner, certified, trainer, office))


def measure_pages(stage: Stage, pages: list[Page]) -> list[str]:
    """Each page against the bare answer, and the statements that it sends."""
    counter = statements.Counter(stage)
    print(f"\n{'page or call':28}{'ms':>8}{'x bare':>9}{'SQL':>6}")
    remarks = []
    for page in pages:
        target = Target(page.name, f"{stage.origin(page.service)}{page.path}", page.visitor.headers)
        seconds, ratio = paired_ratio(target, stage.bare, rounds=ROUNDS)
        sent = counter.count(page)
        print(f"{page.name:28}{seconds * 1000:8.1f}{ratio:9.1f}{sent:6}", flush=True)
        if sent > statements.MOST:
            remarks.append(f"{page.name} sends {sent} statements to the database ({statements.MOST} at most)")
    return remarks


def measure_work(stage: Stage) -> list[str]:
    """Operations against the least that could be done instead."""
    measured: list[tuple[str, str, Callable[[Stage], tuple[float, float]]]] = [
        ("place request", "INSERT and COMMIT", work.place_request),
        ("certificate issued", "one Ed25519 signature", work.certificate),
        ("certificate into a wallet", "one ES256 signature", wallet.credential_request),
        ("fact to another service", "plain Celery task", work.task_round_trip),
    ]
    print(f"\n{'work':28}{'ms':>8}{'ratio':>9}  against")
    for name, baseline, measure in measured:
        seconds, ratio = measure(stage)
        print(f"{name:28}{seconds * 1000:8.1f}{ratio:9.1f}  {baseline}", flush=True)
    return []


def measure_trust_log(stage: Stage) -> list[str]:
    """Proofs of a log of ten million entries, and how fast its tree grows."""
    resources = stage.resources(Service.CERTIFICATION)
    inclusion, consistency, taken = trust_log.measure(resources.settings.database_url, seal=seal_of(resources.settings))
    print(f"\n{f'trust log, {trust_log.SIZE:,} entries':40}{'ms':>8}")
    print(f"{'proof that an entry is in it':40}{inclusion * 1000:8.1f}")
    print(f"{'proof that it has only grown':40}{consistency * 1000:8.1f}")
    print(f"{'entries taken in per second':40}{taken:8.0f}", flush=True)
    if max(inclusion, consistency) > trust_log.BUDGET_SECONDS:
        return [
            f"a proof takes {max(inclusion, consistency) * 1000:.1f} ms ({trust_log.BUDGET_SECONDS * 1000:.0f} at most)"
        ]
    return []


def measure_weight(stage: Stage, pages: list[Page]) -> list[str]:
    """What a phone loads at its first visit."""
    print(f"\n{'first load':28}{'KiB':>8}{'requests':>10}")
    remarks = []
    with open_browser() as browser:
        for page in (page for page in pages if page.name in WEIGHED):
            base_url = stage.platform.base_url
            identity = page.visitor.identity
            cookies = [{"name": COOKIE, "value": identity, "url": base_url}] if identity else []
            found = weight.first_load(browser, f"{base_url}{page.path}", cookies=cookies)
            print(f"{page.name:28}{found.bytes / 1024:8.1f}{found.requests:10}", flush=True)
            if found.bytes > weight.BUDGET_BYTES or found.requests > weight.BUDGET_REQUESTS:
                remarks.append(f"{page.name} loads {found.bytes / 1024:.1f} KiB in {found.requests} requests (60 in 5)")
    return remarks


def measure_memory(idle: dict[str, int]) -> list[str]:
    """What everything together needs while nobody is there."""
    print(f"\n{'idle memory (PSS)':28}{'MiB':>8}")
    for name, share in sorted(idle.items(), key=lambda entry: -entry[1]):
        print(f"  {name:26}{share / 1024**2:8.0f}")
    total = sum(idle.values())
    print(f"{'together':28}{total / 1024**2:8.0f}")
    if total > memory.BUDGET_BYTES:
        return [f"everything together needs {total / 10**6:.0f} MB of memory (1,000 at most)"]
    return []


if __name__ == "__main__":
    main()
