"""How PostgreSQL, which refuses to run as root, is run by a runner that may be root.

Three ways, tried in this order: as ourselves when we are nobody special; inside a user namespace, where root appears as
`nobody` and no file needs another owner; as the user `nobody` itself. When `nobody` cannot reach a folder (a checkout
below /root), programs and data move to a folder under /var/tmp that it can reach.
"""

import hashlib
import os
import pwd
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path

_NOBODY = "nobody"
_TRIAL_SECONDS = 10


class NoWayFound(Exception):
    """We are root, and neither a user namespace nor the user `nobody` can run PostgreSQL here."""


@dataclass(frozen=True)
class PostgresWay:
    """Where the programs and the data are, what stands before each command, and who runs it."""

    programs: Path
    data: Path
    prefix: tuple[str, ...] = ()
    user: str | None = None

    def command(self, name: str, *arguments: str) -> tuple[str, ...]:
        """The command line of one of PostgreSQL's programs."""
        return (*self.prefix, str(self.programs / name), *arguments)

    def run(self, name: str, *arguments: str, environment: dict[str, str], text: str = "") -> str:
        """Run one of the programs to its end and return its output. Raises CalledProcessError."""
        done = subprocess.run(
            self.command(name, *arguments),
            env=environment,
            input=text,
            capture_output=True,
            text=True,
            check=True,
            cwd="/",
            user=self.user,
            extra_groups=[] if self.user else None,
        )
        return done.stdout


def find_way(*, programs: Path, data: Path) -> PostgresWay:
    """The first way that works here, with `data` owned by whoever will run the server. Raises NoWayFound."""
    if os.geteuid() != 0:
        return PostgresWay(programs=programs, data=data)
    account = pwd.getpwnam(_NOBODY)
    prefix = _namespace_prefix(account)
    if _works((*prefix, str(programs / "postgres"), "--version"), user=None):
        _give_to(data, uid=0, gid=0)
        return PostgresWay(programs=programs, data=data, prefix=prefix)
    if not _is_reachable(data):
        data = _refuge(data) / "data"
    if not _works((str(programs / "postgres"), "--version"), user=_NOBODY):
        programs = _copied_programs(programs, _refuge(programs))
    if not _works((str(programs / "postgres"), "--version"), user=_NOBODY):
        raise NoWayFound
    _give_to(data, uid=account.pw_uid, gid=account.pw_gid)
    return PostgresWay(programs=programs, data=data, user=_NOBODY)


def _namespace_prefix(account: pwd.struct_passwd) -> tuple[str, ...]:
    """Entering a namespace makes the kernel forget whom to tell of our death, so it is told again inside."""
    maps = (f"--map-user={account.pw_uid}", f"--map-group={account.pw_gid}")
    return ("unshare", "--user", *maps, "setpriv", "--pdeathsig", signal.SIGINT.name.removeprefix("SIG"))


def _works(command: tuple[str, ...], *, user: str | None) -> bool:
    groups: list[int] | None = [] if user else None
    try:
        done = subprocess.run(
            command, capture_output=True, timeout=_TRIAL_SECONDS, check=False, cwd="/", user=user, extra_groups=groups
        )
    except (OSError, subprocess.TimeoutExpired):
        return False
    return done.returncode == 0


def _is_reachable(data: Path) -> bool:
    """Whether `nobody` can walk to the data. `var/` itself may let it through; folders above are not ours to open."""
    data.parent.chmod(0o711)
    return _works(("test", "-x", str(data.parent)), user=_NOBODY)


def _refuge(original: Path) -> Path:
    """A folder under /var/tmp that belongs to this path and to nobody else."""
    mark = hashlib.sha256(str(original).encode()).hexdigest()[:12]
    folder = Path(f"/var/tmp/memo-postgres-{mark}")
    folder.mkdir(mode=0o711, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != 0:
        raise NoWayFound
    return folder


def _copied_programs(programs: Path, refuge: Path) -> Path:
    """A copy of the installation that holds `bin`, with the libraries that the wheel keeps beside its package."""
    installation = programs.parent
    package = installation.parent
    libraries = package.with_name(f"{package.name}.libs")
    target = refuge / "site" / package.name / installation.name
    if not target.exists():
        shutil.copytree(installation, target)
        if libraries.exists():
            shutil.copytree(libraries, refuge / "site" / libraries.name, dirs_exist_ok=True)
    return target / programs.name


def _give_to(data: Path, *, uid: int, gid: int) -> None:
    """Hand the data folder over, with all in it, when it was last used in another way."""
    data.mkdir(parents=True, exist_ok=True)
    data.chmod(0o700)
    if data.stat().st_uid == uid:
        return
    for path in (data, *data.rglob("*")):
        os.chown(path, uid, gid, follow_symlinks=False)
