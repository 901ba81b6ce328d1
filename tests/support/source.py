"""The project's own Python files, parsed, for tests that read code."""

import ast
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class SourceFile:
    """One Python file: its path from the root, its text and its syntax tree."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> int:
        return self.text.count("\n")

    def imported(self) -> set[str]:
        """The top-level names of every imported module."""
        found = set()
        for node in ast.walk(self.tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
        return found


@cache
def tracked_paths(*rooms: str) -> tuple[str, ...]:
    """The files that git knows or would take below these folders (all of them, where none is named), in order."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", *rooms],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    return tuple(sorted({path for path in listed if (ROOT / path).exists()}))


@cache
def files_below(*rooms: str) -> tuple[SourceFile, ...]:
    """Every Python file of these folders, migrations left out."""
    paths = (path for path in tracked_paths(*rooms) if path.endswith(".py") and "/migrations/" not in path)
    return tuple(SourceFile(path, (ROOT / path).read_text("utf-8")) for path in paths)


def shipped_files() -> tuple[SourceFile, ...]:
    """Every Python file of shared and services."""
    return files_below("shared", "services")


def all_files() -> tuple[SourceFile, ...]:
    """What ships, and what tests and measures it."""
    return files_below("shared", "services", "tests", "bench")
