"""The token of the tests: SoftHSM 2, a hardware security module in software."""

import os
import shutil
from pathlib import Path

from shared.devkit.setup.packages import apt_install
from shared.devkit.setup.progress import StepFailed, step

_PLACES = (
    "/usr/lib/softhsm/libsofthsm2.so",
    "/usr/lib64/pkcs11/libsofthsm2.so",
    "/usr/local/lib/softhsm/libsofthsm2.so",
    "/opt/homebrew/lib/softhsm/libsofthsm2.so",
)


def find_module() -> str | None:
    """The path of SoftHSM's PKCS #11 module: the one that SOFTHSM2_MODULE names, else the first that is installed."""
    named = os.environ.get("SOFTHSM2_MODULE")
    return named or next((place for place in _PLACES if Path(place).exists()), None)


def ensure_softhsm() -> None:
    """Install Debian's softhsm2 when there is none and we may. Raises StepFailed with the way out."""
    if find_module():
        return
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise StepFailed(
            "The tests of signing need SoftHSM. Once: sudo apt-get install softhsm2 "
            "(or name its module: SOFTHSM2_MODULE=/path/libsofthsm2.so make test)"
        )
    with step("Installing softhsm2 by apt"):
        apt_install("softhsm2")
    if not find_module():
        raise StepFailed("apt installed softhsm2, but its module is not where Debian puts it. Name it: SOFTHSM2_MODULE")
