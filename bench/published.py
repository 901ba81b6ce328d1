"""What strangers fetch by the million, and the keys behind it."""

import statistics
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from bench.load import Target, paired_ratio
from bench.stage import Stage
from services.certification.adapters.signers import Signer
from services.certification.adapters.signers.file import Ed25519Signer
from services.certification.adapters.signers.pkcs11 import TokenSigner, open_token
from services.certification.domain.keys import KeyAlgorithm
from services.certification.models import StatusList
from shared.contracts.services import Service
from shared.devkit.runner.layout import ROOT
from shared.devkit.setup.softhsm import find_module
from tests.support.softhsm import softhsm

ROUNDS = 400
#: A status list may take this much longer than a static file, for its rate to be nine tenths of it.
BUDGET = 1 / 0.9
_SIGNATURES, _MESSAGE = 300, b"x" * 64


def measure_published(stage: Stage) -> list[str]:
    """A status list against a static file of the gateway, then one signature of each kind of key."""
    seconds, ratio = status_list(stage)
    print(f"\n{'published':28}{'ms':>8}{'ratio':>9}  against")
    print(f"{'status list':28}{seconds * 1000:8.2f}{ratio:9.2f}  static file of the gateway", flush=True)
    print(f"\n{'signatures of one thread':28}{'per second':>12}")
    for name, rate in signatures():
        print(f"{name:28}{rate:12,.0f}", flush=True)
    if ratio > BUDGET:
        return [f"a status list takes {ratio:.2f} times as long as a static file ({BUDGET:.2f} at most)"]
    return []


def status_list(stage: Stage) -> tuple[float, float]:
    """Median seconds of a status list through the gateway, and its ratio to the static file nearest to it in size."""
    with stage.resources(Service.CERTIFICATION).database.reading() as session:
        newest = sa.select(StatusList.code, sa.func.length(StatusList.document)).order_by(StatusList.id).limit(1)
        code, size = session.execute(newest.where(StatusList.published_at.is_not(None))).one()
    files = (ROOT / "shared" / "ui" / "static" / "dist").iterdir()
    nearest = min(files, key=lambda file: abs(file.stat().st_size - size))
    base_url = stage.platform.base_url
    return paired_ratio(
        Target("status list", f"{base_url}/certification/status/{code}", {}),
        Target("static file", f"{base_url}/static/dist/{nearest.name}", {}),
        rounds=ROUNDS,
    )


def signatures() -> list[tuple[str, float]]:
    """How many short messages each kind of key signs in a second; a token where SoftHSM is installed."""
    measured = [("Ed25519 from a file", _rate(Ed25519Signer(Ed25519PrivateKey.generate()).sign))]
    if find_module() is None:
        return [*measured, ("SoftHSM is not installed", 0)]
    with tempfile.TemporaryDirectory() as folder, softhsm(Path(folder)) as hsm:
        for algorithm in KeyAlgorithm:
            hsm.make_key(algorithm.value, algorithm)
        token = open_token(hsm.module, "memo", hsm.pin_file, 3.0)
        for algorithm in KeyAlgorithm:
            signer: Signer = TokenSigner(token=token, label=algorithm.value, algorithm=algorithm)
            measured.append((f"{algorithm} in a token (SoftHSM)", _rate(signer.sign)))
    return measured


def _rate(sign: Callable[[bytes], bytes]) -> float:
    sign(_MESSAGE)
    seconds = []
    for _ in range(_SIGNATURES):
        started = time.perf_counter()
        sign(_MESSAGE)
        seconds.append(time.perf_counter() - started)
    return 1 / statistics.median(seconds)
