"""Whatever ships can be imported on a machine that has the runtime lock and nothing else."""

import ast
import re
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

from shared.devkit.runner.layout import ROOT

_OURS = {"services", "shared"}


def _locked(name: str) -> set[str]:
    text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
    return {_normal(found) for found in re.findall(r"^([A-Za-z0-9][\w.-]*)==", text, re.MULTILINE)}


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _sources(dev_kit: str) -> list[Path]:
    kit = ROOT / "shared" / "devkit"
    if dev_kit == "dev kit":
        return [file for part in ("runner", "mailbox", "demo") for file in (kit / part).rglob("*.py")]
    files = [*(ROOT / "services").rglob("*.py"), *(ROOT / "shared").rglob("*.py")]
    return [file for file in files if kit not in file.parents]


def _is_for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def _modules(node: ast.AST) -> set[str]:
    """Top-level names imported anywhere below, also inside functions; and packages named to importlib.resources."""
    found: set[str] = set()
    for child in ast.iter_child_nodes(node):
        if _is_for_types(child):
            continue
        if isinstance(child, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in child.names}
        elif isinstance(child, ast.ImportFrom) and child.module and not child.level:
            found.add(child.module.partition(".")[0])
        elif isinstance(child, ast.Call) and ast.unparse(child.func).endswith("resources.files"):
            found |= {str(argument.value) for argument in child.args if isinstance(argument, ast.Constant)}
        found |= _modules(child)
    return {name.partition(".")[0] for name in found}


@pytest.mark.parametrize(("what", "lock"), [("what ships", "runtime"), ("dev kit", "run")])
def test_everything_imported_is_locked(what: str, lock: str) -> None:
    locked, owners = _locked(lock), packages_distributions()
    missing = {}
    for file in _sources(what):
        for module in _modules(ast.parse(file.read_text(encoding="utf-8"))) - _OURS - sys.stdlib_module_names:
            if not {_normal(owner) for owner in owners.get(module, [])} & locked:
                missing[module] = str(file.relative_to(ROOT))
    assert not missing, f"not in requirements/{lock}.txt: {missing}"
