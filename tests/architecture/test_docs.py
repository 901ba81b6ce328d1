"""Pages that are made from code are what the code would make, and what pages name is there."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote

import pytest

from shared.devkit import events
from tests.support.source import ROOT, tracked_paths

PAGES = [
    "README.md",
    "CONTRIBUTING.md",
    *sorted(path for path in tracked_paths() if path.startswith("docs/") and path.endswith(".md")),
    "deploy/README.md",
    "shared/ui/README.md",
]
#: Where a path may begin besides the root: a service, what all share, the folder of the page itself.
BEGINNINGS = (
    "",
    "services/enrollment/",
    "services/coursework/",
    "services/certification/",
    "shared/",
    "shared/ui/templates/",
)
#: What is written like a path and is none, or is built, or lies on a running platform.
NO_PATHS = {
    "var/",
    "memo-log-entry/1",
    "build/fonts",
    "shared/ui/static/dist/",
    "deploy/secrets",
    "deploy/secrets/signing-keys",
    "env/*.env",
    "application/x-www-form-urlencoded",
}
SOURCES = r"(py|md|toml|typ|html|yaml|sh)"


@cache
def words_of(page: str) -> tuple[str, ...]:
    """What stands in backticks, and each line of a block of code."""
    text = (ROOT / page).read_text("utf-8")
    blocks = re.findall(r"^```\w*\n(.*?)^```", text, re.S | re.M)
    rest = re.sub(r"^```.*?^```", "", text, flags=re.S | re.M)
    return (*re.findall(r"`([^`]+)`", rest), *(line for block in blocks for line in block.splitlines()))


def named_paths(page: str) -> Iterator[str]:
    for word in words_of(page):
        is_path = re.fullmatch(r"[\w.*-]+(/[\w.*@-]+)*/?", word)
        if is_path and ("/" in word or re.search(rf"\.{SOURCES}$", word)):
            yield word


def exists(path: str, *, page: str) -> bool:
    """Whether git has a file or folder of this name at one of the places where a path may begin."""
    pattern = re.escape(path.rstrip("/")).replace(r"\*", "[^/]*")
    beginnings = "|".join(re.escape(beginning) for beginning in (*BEGINNINGS, f"{Path(page).parent}/"))
    wanted = re.compile(rf"({beginnings}){pattern}(/|$)")
    return any(wanted.match(tracked) for tracked in tracked_paths())


def is_module(name: str) -> bool:
    """Whether a dotted name is a module, or something that stands in one."""
    path = ROOT / name.replace(".", "/")
    if path.is_dir() or path.with_suffix(".py").is_file():
        return True
    module = path.parent.with_suffix(".py") if path.parent.with_suffix(".py").is_file() else path.parent / "__init__.py"
    return module.is_file() and re.search(rf"\b{path.name}\b", module.read_text("utf-8")) is not None


def test_the_page_of_events_is_current() -> None:
    assert events.PAGE.read_text("utf-8") == events.render()


@pytest.mark.parametrize("page", PAGES)
def test_paths_that_a_page_names_exist(page: str) -> None:
    missing = {path for path in named_paths(page) if path not in NO_PATHS and not exists(path, page=page)}
    assert not missing


@pytest.mark.parametrize("page", PAGES)
def test_modules_that_a_page_names_exist(page: str) -> None:
    text = "\n".join(words_of(page))
    named = re.findall(r"(?<![\w/.-])((?:services|shared)(?:\.[a-z_]\w*)+)", text)
    assert not {name for name in named if not is_module(name)}


@pytest.mark.parametrize("page", PAGES)
def test_commands_of_make_that_a_page_names_exist(page: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text("utf-8"), re.M))
    named = {found[1] for word in words_of(page) if (found := re.match(r"make ([a-z]+)", word))}
    assert named <= targets


@pytest.mark.parametrize("page", PAGES)
def test_links_between_pages_lead_somewhere(page: str) -> None:
    text = (ROOT / page).read_text("utf-8")
    links = {unquote(link.partition("#")[0]) for link in re.findall(r"\]\(([^)\s]+)\)", text) if "://" not in link}
    assert not {link for link in links if link and not ((ROOT / page).parent / link).exists()}


def test_every_room_is_described() -> None:
    """A folder of a service that git has stands in the table of rooms, or in the sentence after it."""
    rooms = {path.split("/")[2] for path in tracked_paths() if re.match(r"services/\w+/[^/]+/", path)}
    described = set(words_of("CONTRIBUTING.md"))
    assert not rooms - described
