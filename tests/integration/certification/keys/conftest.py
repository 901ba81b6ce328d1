"""Certification with a keyring that holds keys for later."""

import dataclasses
import json
import shutil
from pathlib import Path

import pytest
from joserfc.jwk import OKPKey

from services.certification.operations import keys
from services.certification.operations.seals import seal_of
from shared.kernel.clock import utc_now
from tests.support.certification import World


@pytest.fixture
def keyring(world: World, tmp_path: Path) -> Path:
    """The folder of a keyring with a second and a third key for credentials, which nobody has been told of."""
    settings = world.service.resources.settings
    folder = tmp_path / "keys"
    shutil.copytree(settings.signing_keys_file.parent, folder)
    listed = json.loads((folder / "signing-keys.json").read_text())
    # The first key of a purpose that is asked for is the newest; these are to come later.
    with world.service.transaction() as session:
        keys.ensure_keys(session, seal=seal_of(settings), now=utc_now())
    for number in (2, 3):
        name = f"key-2026-{number}"
        (folder / f"{name}.json").write_text(json.dumps(OKPKey.generate_key("Ed25519").as_dict(private=True)))
        listed["keys"].append({"code": name, "purpose": "credentials", "store": "file", "path": f"{name}.json"})
    (folder / "signing-keys.json").write_text(json.dumps(listed))
    world.service.resources.settings = dataclasses.replace(settings, signing_keys_file=folder / "signing-keys.json")
    return folder
