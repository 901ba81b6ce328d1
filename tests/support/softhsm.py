"""A token of SoftHSM 2 (Debian: softhsm2) of a test's own, with keys made in it."""

import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pkcs11
from asn1crypto.core import PrintableString
from pkcs11.util.ec import encode_named_curve_parameters

from services.certification.domain.keys import KeyAlgorithm
from shared.devkit.setup.softhsm import find_module

PIN = "583920"


@dataclass(frozen=True)
class SoftHsm:
    """One token named `memo`; its PIN lies in a file."""

    module: Path
    folder: Path

    @property
    def pin_file(self) -> Path:
        return self.folder / "pin.txt"

    def make_key(self, label: str, algorithm: KeyAlgorithm) -> None:
        """A key pair that cannot leave the token."""
        kind, parameters = {
            KeyAlgorithm.ED25519: (pkcs11.KeyType.EC_EDWARDS, PrintableString("edwards25519").dump()),
            KeyAlgorithm.P256: (pkcs11.KeyType.EC, encode_named_curve_parameters("secp256r1")),
        }[algorithm]
        token = pkcs11.lib(str(self.module)).get_token(token_label="memo")
        with token.open(rw=True, user_pin=PIN) as session:
            curve = session.create_domain_parameters(kind, {pkcs11.Attribute.EC_PARAMS: parameters}, local=True)
            curve.generate_keypair(store=True, label=label)

    def restart(self) -> None:
        """What happens to every session when the module is restarted or the token pulled out."""
        pkcs11.lib(str(self.module)).reinitialize()


@contextmanager
def softhsm(folder: Path) -> Iterator[SoftHsm]:
    """A new token in a folder. SoftHSM must be installed; `make test` sees to it."""
    module = find_module()
    assert module is not None, "SoftHSM is missing: apt-get install softhsm2"
    (folder / "tokens").mkdir(parents=True)
    configuration = folder / "softhsm2.conf"
    configuration.write_text(f"directories.tokendir = {folder / 'tokens'}\nlog.level = ERROR\n", encoding="utf-8")
    before = os.environ.get("SOFTHSM2_CONF")
    os.environ["SOFTHSM2_CONF"] = str(configuration)
    try:
        command = ("softhsm2-util", "--init-token", "--free", "--label", "memo", "--so-pin", "99999999", "--pin", PIN)
        subprocess.run(command, check=True, capture_output=True)
        hsm = SoftHsm(module=Path(module), folder=folder)
        hsm.pin_file.write_text(f"{PIN}\n", encoding="utf-8")
        hsm.restart()
        yield hsm
    finally:
        pkcs11.unload(str(module))
        os.environ.pop("SOFTHSM2_CONF")
        if before is not None:
            os.environ["SOFTHSM2_CONF"] = before
