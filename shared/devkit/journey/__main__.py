"""`python -m shared.devkit.journey --base-url http://127.0.0.1:8080 --var var`: the main job, printed step by step."""

import argparse
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Error

from shared.devkit.journey.browser import open_browser
from shared.devkit.journey.main_job import go_the_whole_way
from shared.devkit.journey.stage import JourneyFailed, Stage
from shared.devkit.runner.layout import Layout

_BROWSER_LINES = 12


def main() -> None:
    """Go the whole way and print where it leads; exit with 1 where a step fails."""
    parser = argparse.ArgumentParser(prog="make demo", description="The main job in a real browser.")
    parser.add_argument("--base-url", default="http://127.0.0.1:8080")
    parser.add_argument("--var", type=Path, default=Path("var"))
    given = parser.parse_args()
    if not _answers(given.base_url):
        raise SystemExit(f"Nothing answers at {given.base_url}. Start the platform first: make run")
    folder = Layout(given.var.resolve()).demo / "reise"
    began = time.monotonic()
    with open_browser() as browser:
        stage = Stage(base_url=given.base_url, var=given.var.resolve(), browser=browser, pictures=folder)
        try:
            outcome = go_the_whole_way(stage, folder=folder, watch=_print_step)
        except (JourneyFailed, Error) as error:
            raise SystemExit(f"  failed: {_first_lines(error)}") from error
        finally:
            stage.close()
    print(f"\n  Done in {time.monotonic() - began:.0f} s")
    print(f"  A stranger read first:  {outcome.said_before}")
    print(f"  and then:               {outcome.said_after}")
    print(f"  Verification link:      {outcome.issued.verification_url}")
    print(f"  The certificate's PDF:  {outcome.pdf}")
    print(f"  Screenshots:            {folder}")


@contextmanager
def _print_step(name: str) -> Iterator[None]:
    began = time.monotonic()
    sys.stdout.write(f"  {name} … ")
    sys.stdout.flush()
    try:
        yield
    except BaseException:
        print("✗")
        raise
    print(f"{time.monotonic() - began:.1f} s")


def _answers(base_url: str) -> bool:
    try:
        with urllib.request.urlopen(base_url, timeout=10) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _first_lines(error: Exception) -> str:
    return "\n".join(str(error).splitlines()[:_BROWSER_LINES])


if __name__ == "__main__":
    main()
