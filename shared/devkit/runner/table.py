"""The one table that `make run` ends with: where to go, who to be, where mails and data are."""

import json
from pathlib import Path

from shared.devkit.runner.console import Console
from shared.devkit.runner.surroundings import Surroundings


def print_table(console: Console, surroundings: Surroundings) -> None:
    """Address, mails, data, and a sign-in for every role of the demo programme, when it is loaded."""
    url = surroundings.base_url
    rows = [
        ("Open in your browser", console.strong(url)),
        ("Mails that were sent", f"{url}/mailbox/"),
        ("Codes of the second factor", f"{url}/mailbox/authenticator"),
        ("Data and logs", str(surroundings.layout.var)),
    ]
    sign_ins = _sign_ins(surroundings.layout.demo / "sign-ins.json")
    width = max(len(label) for label, _ in [*rows, *sign_ins])
    console.plain("")
    for label, value in rows:
        console.plain(f"  {label.ljust(width)}  {value}")
    if sign_ins:
        console.plain("\n  Sign in as (name or address / password)")
        for label, value in sign_ins:
            console.plain(f"  {label.ljust(width)}  {value}")
    console.plain(f"\n  Ready after {console.seconds():.1f} s. Ctrl-C ends everything.\n")


def _sign_ins(file: Path) -> list[tuple[str, str]]:
    """From the list that the demo data leaves: role, sign_in, password."""
    if not file.exists():
        return []
    people = json.loads(file.read_text(encoding="utf-8"))
    return [(person["role"], f"{person['sign_in']} / {person['password']}") for person in people]
