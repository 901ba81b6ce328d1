"""The S3 store on one machine: SeaweedFS, all its parts in one process, loopback only."""

from shared.contracts.services import Service
from shared.devkit.runner.logs import SEAWEED_ALARM
from shared.devkit.runner.probes import has_buckets
from shared.devkit.runner.process import ProcessSpec
from shared.devkit.runner.surroundings import Surroundings, program

_PARTS = {"s3-master": "master.port", "s3-volume": "volume.port", "s3-filer": "filer.port", "s3-admin": "admin.port"}
_LONGEST_SOCKET_PATH = 100


def bucket_of(service: Service) -> str:
    """Each service's own bucket; the gateway passes addresses that begin with it."""
    return f"memo-{service}"


def seaweedfs(surroundings: Surroundings) -> ProcessSpec:
    """Buckets are made at the start. GOGC keeps the heap small; GOMEMLIMIT would cost 8 % of a core (measured)."""
    ports, secrets = surroundings.ports, surroundings.secrets
    buckets = [bucket_of(service) for service in Service]
    # It stores its options beside the data and would prefer yesterday's ports to those given today.
    (surroundings.layout.documents / "mini.options").unlink(missing_ok=True)
    keys = {"access_key": secrets["s3_access_key"], "secret_key": secrets["s3_secret_key"]}
    return ProcessSpec(
        name="s3",
        command=_command(surroundings, buckets),
        environment=surroundings.environment(
            AWS_ACCESS_KEY_ID=keys["access_key"],
            AWS_SECRET_ACCESS_KEY=keys["secret_key"],
            GOGC="25",
        ),
        is_ready=has_buckets(ports["s3"], **keys, buckets=buckets),
        alarm=SEAWEED_ALARM,
        port=ports["s3"],
    )


def _command(surroundings: Surroundings, buckets: list[str]) -> tuple[str, ...]:
    folder, ports = surroundings.layout.documents, surroundings.ports
    sockets = [f"-{part}.localSocket={folder / part}.sock" for part in ("s3", "filer")]
    return (
        program("weed"),
        "mini",
        f"-dir={folder}",
        "-ip=127.0.0.1",
        "-ip.bind=127.0.0.1",
        f"-s3.port={ports['s3']}",
        f"-s3.port.grpc={ports['s3'] + 10_000}",
        *(f"-{option}={ports[name]}" for name, option in _PARTS.items()),
        *(f"-{option}.grpc={ports[name] + 10_000}" for name, option in _PARTS.items()),
        *(sockets if max(map(len, sockets)) < _LONGEST_SOCKET_PATH else ()),
        f"-bucket={','.join(buckets)}",
        "-webdav=false",
        "-admin.ui=false",
        "-s3.port.iceberg=0",
        "-s3.port.lance=0",
        "-s3.allowDeleteBucketNotEmpty=false",
        "-master.telemetry=false",
        "-volume.readBufferSizeMB=1",
        "-volume.preStopSeconds=0",
    )
