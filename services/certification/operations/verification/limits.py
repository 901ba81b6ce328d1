"""How often somebody may ask. Askers are told apart by network, of which a fingerprint is kept, for minutes."""

import ipaddress
import json
from collections import OrderedDict
from datetime import datetime, timedelta
from threading import Lock

from sqlalchemy.orm import Session

from services.certification.domain.credential import holder_of
from services.certification.domain.numbers import read_number
from services.certification.queries.certificates import get_certificate
from shared.db.limits import count_attempt
from shared.kernel.errors import NotFound
from shared.kernel.ids import fingerprint

#: A name can be tried this often per asker and certificate: enough for a slip, too few for a list of names.
_NAME_TRIES, _NAME_WINDOW = 6, timedelta(minutes=15)
#: Files per asker: each costs a process.
_UPLOAD_TRIES, _UPLOAD_WINDOW = 30, timedelta(minutes=10)
#: Numbers per asker and minute: the free ones are counted in the process alone, the others by all processes together.
_FREE_LOOKS, _LOOKS, _LOOK_WINDOW = 30, 120, timedelta(minutes=1)
_MOST_ASKERS = 10_000


class _Looks:
    """The numbers that were asked for in the running minute, by asker; bounded, gone with the process."""

    def __init__(self) -> None:
        self._counts: OrderedDict[str, tuple[datetime, int]] = OrderedDict()
        self._lock = Lock()

    def add(self, asker: str, *, now: datetime) -> int:
        """Count one and say how many it were in this window."""
        with self._lock:
            ends_at, count = self._counts.pop(asker, (now + _LOOK_WINDOW, 0))
            if ends_at <= now:
                ends_at, count = now + _LOOK_WINDOW, 0
            self._counts[asker] = ends_at, count + 1
            while len(self._counts) > _MOST_ASKERS:
                self._counts.popitem(last=False)
            return count + 1


_LOOKS_HERE = _Looks()


def needs_counting(*, asker: str, now: datetime) -> bool:
    """Whether this look at a number is one too many to be counted in this process alone: see `count_look`."""
    return _LOOKS_HERE.add(_key("look", asker), now=now) > _FREE_LOOKS


def count_look(session: Session, *, asker: str, now: datetime) -> None:
    """Count one look at a number. Raises TooManyAttempts."""
    count_attempt(session, key=_key("look", asker), limit=_LOOKS - _FREE_LOOKS, window=_LOOK_WINDOW, now=now)


def count_upload(session: Session, *, asker: str, now: datetime) -> None:
    """Count one file of an asker, in a transaction of its own: a refused one counts too. Raises TooManyAttempts."""
    count_attempt(session, key=_key("upload", asker), limit=_UPLOAD_TRIES, window=_UPLOAD_WINDOW, now=now)


def compare_name(session: Session, *, typed_number: str, name: str, asker: str, now: datetime) -> bool:
    """Whether the certificate is of somebody of this name. Raises NotFound, TooManyAttempts."""
    number = read_number(typed_number)
    if number is None:
        raise NotFound(kind="number")
    key = f"name:{fingerprint(f'{_network(asker)} {number}')}"
    count_attempt(session, key=key, limit=_NAME_TRIES, window=_NAME_WINDOW, now=now)
    certificate = get_certificate(session, number=number)
    holder = None if certificate.erased_at else holder_of(json.loads(certificate.credential))
    return holder is not None and holder.matches(name)


def _key(kind: str, asker: str) -> str:
    return f"{kind}:{fingerprint(_network(asker))}"


def _network(asker: str) -> str:
    """An address, or of IPv6 its network of 64 bits: one household has as many addresses as it likes."""
    try:
        address = ipaddress.ip_address(asker)
    except ValueError:
        return asker
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else asker
