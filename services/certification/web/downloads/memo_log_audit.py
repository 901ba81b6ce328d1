"""Check the trust log of a MEMO platform from outside.

    python memo_log_audit.py https://memo.example
    python memo_log_audit.py https://memo.example --certificate credential.json

Needs Python 3.11 or newer and the package `cryptography`, and nothing of the platform. What it saw is kept in a file
(`--state`): next time it goes on from the tree of that day, so that a log that did anything but grow cannot pass. Run
it from time to time, or let others run it: what a platform has shown to somebody it can never take back unseen.

It ends with 0 when everything fits, with 1 when the log was changed or a proof is wrong, with 2 when it could not tell.
"""

import argparse
import base64
import hashlib
import json
import sys
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_LONGEST_ANSWER = 4 * 1024 * 1024
_PART = 1_000
_LOG = "/api/certification/v1/log"
_ED25519 = b"\x01"
_BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz"


class Wrong(Exception):
    """The log shows something that an honest log never shows."""


class Unchecked(Exception):
    """Nothing can be said: no answer, or one that is none."""


@dataclass
class Head:
    """A signed head of the log."""

    number: int
    tree_size: int
    root: bytes
    key_id: bytes


@dataclass
class Seen:
    """What an earlier check has seen. `crown` are the roots of the complete subtrees, the largest first."""

    origin: str
    keys: dict[str, str] = field(default_factory=dict)
    head_number: int = 0
    tree_size: int = 0
    root: str = ""
    crown: list[str] = field(default_factory=list)


def leaf_hash(leaf: bytes) -> bytes:
    """RFC 9162, section 2.1.1."""
    return hashlib.sha256(b"\x00" + leaf).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """RFC 9162, section 2.1.1."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def root_from_inclusion(digest: bytes, *, position: int, size: int, path: list[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162, section 2.1.3.2)."""
    if not 0 <= position < size:
        raise Wrong("a proof speaks of a place beyond the log")
    index, last = position, size - 1
    for other in path:
        if last == 0:
            raise Wrong("a proof is longer than the log is high")
        if index & 1 or index == last:
            digest = node_hash(other, digest)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            digest = node_hash(digest, other)
        index, last = index >> 1, last >> 1
    if last:
        raise Wrong("a proof is shorter than the log is high")
    return digest


class Log:
    """The log behind an address."""

    def __init__(self, address: str) -> None:
        self.address = address.rstrip("/")
        self.origin = urllib.parse.urlsplit(self.address).netloc.lower() + "/certification/log"

    def get(self, path: str, **query: object) -> Any:
        """The JSON behind a path. Raises Unchecked."""
        address = f"{self.address}{path}" + (f"?{urllib.parse.urlencode(query)}" if query else "")
        if not address.startswith(("https://", "http://")):
            raise Unchecked(f"{self.address} is no address of a website")
        try:
            with urllib.request.urlopen(address, timeout=30) as answer:  # noqa: S310 (the scheme is checked above)
                return json.loads(answer.read(_LONGEST_ANSWER))
        except (OSError, ValueError) as error:
            raise Unchecked(f"{address}: {error}") from error

    def published_keys(self) -> dict[str, str]:
        """The Ed25519 keys of the platform's did:web document: key id -> public key, both in hexadecimal."""
        methods = self.get("/.well-known/did.json").get("verificationMethod", [])
        keys = [public_bytes_of(method.get("publicKeyMultibase", "")) for method in methods]
        return {key_id(self.origin, key).hex(): key.hex() for key in keys if key}


def key_id(origin: str, public: bytes) -> bytes:
    """How a signed note names a key (C2SP signed-note)."""
    return hashlib.sha256(origin.encode() + b"\n" + _ED25519 + public).digest()[:4]


def public_bytes_of(multikey: str) -> bytes | None:
    """The 32 bytes of an Ed25519 key that is written as a Multikey, or None of another key."""
    number = 0
    for letter in multikey[1:]:
        if letter not in _BASE58:
            return None
        number = number * 58 + _BASE58.index(letter)
    content = number.to_bytes(34, "big") if number.bit_length() <= 34 * 8 else b""
    return content[2:] if multikey[:1] == "z" and content[:2] == b"\xed\x01" else None


def read_head(answer: dict[str, Any], *, origin: str, keys: dict[str, str]) -> Head:
    """The head in a signed note, after its signature was checked. Raises Wrong."""
    text, _, signatures = answer["checkpoint"].rpartition("\n\n")
    text += "\n"
    lines = text.split("\n")
    if len(lines) < 4 or lines[0] != origin:
        raise Wrong(f"a head is not of the log {origin}")
    for line in signatures.splitlines():
        mark, _, rest = line.partition(" ")
        name, _, encoded = rest.partition(" ")
        blob = base64.b64decode(encoded)
        if mark == "—" and name == origin and blob[:4].hex() in keys:
            _check_signature(keys[blob[:4].hex()], blob[4:], text.encode())
            return Head(int(answer["id"]), int(lines[1]), base64.b64decode(lines[2]), blob[:4])
    raise Wrong(f"the head over {lines[1]} entries is signed by no key that we know")


def _check_signature(public: str, signature: bytes, message: bytes) -> None:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except InvalidSignature as error:
        raise Wrong("the signature of a head is wrong") from error


def say(sentence: str) -> None:
    """One line of the report."""
    sys.stdout.write(sentence + "\n")


def learn_keys(log: Log, seen: Seen, given: list[str]) -> None:
    """The keys that heads may be signed with: given ones, those seen before, or those that the platform publishes."""
    for verifier in given:
        name, identifier, encoded = verifier.split("+", 2)
        if name != log.origin:
            raise Unchecked(f"the key given is of {name}, not of {log.origin}")
        seen.keys[identifier] = base64.b64decode(encoded)[1:].hex()
    if given:
        return
    new = {name: key for name, key in log.published_keys().items() if name not in seen.keys}
    for name in new:
        trust = "which this check trusts from now on" if not seen.keys else "which is NEW since the last check"
        say(f"key      {name}: published by the platform, {trust}. Compare it with what you know from elsewhere.")
    seen.keys |= new


def check_heads(log: Log, seen: Seen) -> Head:
    """Every head that was signed since the last check; the last one. Raises Wrong and Unchecked."""
    heads: list[Head] = []
    after = max(seen.head_number - 1, 0)
    while found := log.get(f"{_LOG}/heads", after=after)["items"]:
        heads += [read_head(item, origin=log.origin, keys=seen.keys) for item in found]
        after = int(found[-1]["id"])
        if len(found) < _PART:
            break
    if not heads:
        raise Wrong("the head seen before is gone") if seen.head_number else Unchecked("the log has no head yet")
    sizes = [head.tree_size for head in heads]
    if sizes != sorted(sizes) or sizes[0] < seen.tree_size:
        raise Wrong(f"the log had {max(seen.tree_size, *sizes)} entries and then fewer: it was cut off")
    say(f"heads    {len(heads)} signatures are right; the last head counts {sizes[-1]} entries.")
    _check_entries(log, seen, heads)
    return heads[-1]


def _check_entries(log: Log, seen: Seen, heads: list[Head]) -> None:
    """Read every new entry, compute the tree, and compare it with every head."""
    crown = [bytes.fromhex(digest) for digest in seen.crown]
    size, read = seen.tree_size, 0
    for head in heads:
        while size < head.tree_size:
            leaves = _leaves(log, size, head.tree_size)
            for leaf in leaves:
                crown = _with_leaf(crown, size, leaf)
                size, read = size + 1, read + 1
        if _root(crown) != head.root:
            raise Wrong(
                f"the head over {head.tree_size} entries does not follow from the entries: the log was rewritten"
            )
    seen.crown = [digest.hex() for digest in crown]
    say(f"entries  {read} new entries read; the tree over all {size} gives exactly the signed roots.")
    if seen.tree_size:
        say(f"growth   the {seen.tree_size} entries seen last time are, unchanged, the beginning of the log of today.")


def _leaves(log: Log, start: int, end: int) -> list[bytes]:
    items = log.get(f"{_LOG}/entries", start=start, limit=min(_PART, end - start))["items"]
    if [item["position"] for item in items] != list(range(start, start + len(items))) or not items:
        raise Wrong(f"the entries from {start} on are not handed out")
    return [leaf_hash(item["leaf"].encode()) for item in items]


def _with_leaf(crown: list[bytes], size: int, digest: bytes) -> list[bytes]:
    crown = list(crown)
    while size & 1:
        digest, size = node_hash(crown.pop(), digest), size >> 1
    return [*crown, digest]


def _root(crown: list[bytes]) -> bytes:
    if not crown:
        return hashlib.sha256(b"").digest()
    root = crown[-1]
    for left in reversed(crown[:-1]):
        root = node_hash(left, root)
    return root


def check_certificate(log: Log, head: Head, file: Path, salt: str | None) -> None:
    """That exactly this credential was put into the log. Raises Wrong and Unchecked."""
    text = file.read_text("utf-8")
    number = urllib.parse.urlsplit(str(json.loads(text).get("id", ""))).path.rpartition("/")[2]
    proof = log.get(f"{_LOG}/inclusion", number=number, tree_size=head.tree_size)
    salt = salt or proof["salt"]
    if not salt:
        raise Unchecked(f"{file}: its salt was erased; that it was issued can no longer be shown to anybody")
    bound = hashlib.sha256(f"{salt}\n{text}".encode()).hexdigest()
    leaf = proof["leaf"].split("\n")
    if leaf[:3] != ["memo-log-entry/1", proof["kind"], bound] or not proof["kind"].endswith("issued"):
        raise Wrong(f"{file}: the log holds something else under its number than this file")
    path, digest = [bytes.fromhex(each) for each in proof["path"]], leaf_hash(proof["leaf"].encode())
    if root_from_inclusion(digest, position=proof["position"], size=head.tree_size, path=path) != head.root:
        raise Wrong(f"{file}: the proof does not lead to the root that was checked")
    say(f"file     {file}: is entry {proof['position']} of the log, recorded {leaf[3]}.")


def audit(arguments: argparse.Namespace) -> None:
    """All checks, then what was seen is kept. Raises Wrong and Unchecked."""
    log = Log(arguments.address)
    seen = Seen(origin=log.origin)
    if arguments.state.exists():
        seen = Seen(**json.loads(arguments.state.read_text("utf-8")))
        if seen.origin != log.origin:
            raise Unchecked(f"{arguments.state} is about {seen.origin}")
    learn_keys(log, seen, arguments.key)
    head = check_heads(log, seen)
    for file in arguments.certificate:
        check_certificate(log, head, file, arguments.salt)
    seen.head_number, seen.tree_size, seen.root = head.number, head.tree_size, head.root.hex()
    arguments.state.write_text(json.dumps(vars(seen), indent=2), "utf-8")
    say(f"All of it fits. What was seen is kept in {arguments.state}.")


def main() -> None:
    """Read the arguments, check, and end with the status of the answer."""
    parser = argparse.ArgumentParser(description="Check the trust log of a MEMO platform from outside.")
    parser.add_argument("address", help="the platform, such as https://memo.example")
    parser.add_argument("--state", type=Path, default=Path("memo-log-seen.json"), help="where to keep what was seen")
    parser.add_argument(
        "--key", action="append", default=[], help="a verifier key that you trust; may stand repeatedly"
    )
    parser.add_argument("--certificate", action="append", default=[], type=Path, help="credential.json to look for")
    parser.add_argument("--salt", help="the salt of the one certificate; without it the platform is asked")
    try:
        audit(parser.parse_args())
    except Wrong as wrong:
        say(f"WRONG    {wrong}.")
        raise SystemExit(1) from wrong
    except (Unchecked, OSError, ValueError, KeyError, TypeError) as error:
        say(f"UNKNOWN  could not be checked: {error}")
        raise SystemExit(2) from error


if __name__ == "__main__":
    main()
