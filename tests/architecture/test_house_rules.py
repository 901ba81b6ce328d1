"""The house rules of CONTRIBUTING.md that a machine can see."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.source import ROOT, SourceFile, all_files, shipped_files

LONGEST_FUNCTION = 40
LONGEST_FILE = 300
FORBIDDEN_NAMES = {"utils", "util", "helpers", "helper", "common", "misc"}

#: The outermost doors, where whatever happens must become an answer: file -> how many.
OUTERMOST_DOORS = {
    "shared/messaging/relay.py": 1,
    "shared/web/health.py": 1,
    "shared/worker/receive.py": 1,
}


def test_import_contracts_hold() -> None:
    program = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stdout


def test_no_room_without_a_name() -> None:
    parts = {part.removesuffix(".py") for file in shipped_files() for part in file.path.split("/")}
    assert not parts & FORBIDDEN_NAMES


@pytest.mark.parametrize("file", all_files(), ids=lambda file: file.path)
def test_files_and_functions_stay_small(file: SourceFile) -> None:
    long = [
        f"{node.name} has {node.end_lineno - node.lineno + 1} lines"
        for node in ast.walk(file.tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and node.end_lineno is not None
        and node.end_lineno - node.lineno + 1 > LONGEST_FUNCTION
    ]
    assert not long
    assert file.lines <= LONGEST_FILE, f"{file.lines} lines: make it a folder of the same name"


def test_what_decides_is_plain_python() -> None:
    own = {"shared", "services"}
    guilty = {
        file.path: foreign
        for file in shipped_files()
        if "/domain/" in file.path or file.path.startswith(("shared/kernel/", "shared/contracts/"))
        if (foreign := file.imported() - own - sys.stdlib_module_names)
    }
    assert not guilty


def test_what_decides_reads_no_clock_and_no_chance() -> None:
    forbidden = re.compile(r"\b(utc_now|datetime\.now|date\.today|random\.|secrets\.|open)\(")
    guilty = [f.path for f in shipped_files() if "/domain/" in f.path and forbidden.search(f.text)]
    assert not guilty


def test_only_composition_reads_the_environment() -> None:
    readers = {f.path for f in shipped_files() if re.search(r"\bos\.environ\b|\bos\.getenv\b", f.text)}
    composing = re.compile(r"^services/\w+/(app|worker|cli)\.py$|^shared/worker/(relay|beat)\.py$|^shared/devkit/")
    assert not {path for path in readers if not composing.match(path)}


def test_operations_never_commit() -> None:
    pattern = re.compile(r"\.(commit|rollback)\(\)")
    assert not [f.path for f in shipped_files() if "/operations/" in f.path and pattern.search(f.text)]


def test_broad_excepts_stand_at_the_outermost_doors_only() -> None:
    found: dict[str, int] = {}
    for file in shipped_files():
        if file.path.startswith("shared/devkit/"):
            continue
        broad = [
            node
            for node in ast.walk(file.tree)
            if isinstance(node, ast.ExceptHandler)
            and (
                node.type is None
                or (isinstance(node.type, ast.Name) and node.type.id in ("Exception", "BaseException"))
            )
        ]
        if broad:
            found[file.path] = len(broad)
    assert found == OUTERMOST_DOORS


def test_every_table_says_what_personal_data_it_holds() -> None:
    silent = []
    for file in shipped_files():
        if "/models/" not in file.path:
            continue
        for node in ast.walk(file.tree):
            is_table = isinstance(node, ast.ClassDef) and any(
                isinstance(line, ast.Assign) and getattr(line.targets[0], "id", "") == "__tablename__"
                for line in node.body
            )
            if is_table and "personal data" not in (ast.get_docstring(node) or "").lower():
                silent.append(f"{file.path}: {node.name}")
    assert not silent


def test_imports_stand_at_the_top() -> None:
    guilty = [
        f"{file.path}:{node.lineno}"
        for file in shipped_files()
        for function in ast.walk(file.tree)
        if isinstance(function, ast.FunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert not guilty


def test_nothing_is_left_undone() -> None:
    marks = re.compile(r"\bTODO\b|\bFIXME\b|\bXXX\b|coming soon|lorem ipsum", re.IGNORECASE)
    assert not [file.path for file in shipped_files() if marks.search(file.text)]
