"""Makes the keys of one `var/`: a program of its own, because only it needs a third-party package.

`python -m shared.devkit.runner.keys FOLDER` writes, when absent, two Ed25519 keys as JWK: `identity.json`, with which
enrollment signs who is signed in, and `signing.json`, with which certification signs credentials.
"""

import sys
from pathlib import Path

from joserfc.jwk import OKPKey

from shared.devkit.runner.layout import KEY_NAMES, write_json


def create_missing_keys(folder: Path) -> None:
    """Leave existing keys alone: certificates already given out are checked against them."""
    for name in KEY_NAMES:
        file = folder / f"{name}.json"
        if not file.exists():
            key = OKPKey.generate_key("Ed25519", auto_kid=True)
            write_json(file, dict(key.as_dict(private=True)))


if __name__ == "__main__":
    create_missing_keys(Path(sys.argv[1]))
