"""Where timestamps come from; apart from what asks for them, so that a process that never does loads nothing of it."""

from dataclasses import dataclass
from pathlib import Path

from services.certification.domain.documents import SealLevel


@dataclass(frozen=True)
class TimestampAuthority:
    """A timestamp authority (RFC 3161)."""

    #: Address, with user and password inside where the authority asks for them.
    url: str
    #: Seconds.
    timeout: int
    #: PEM file of the roots above our own certificate and the authority's; with it, proofs for the long run are added.
    trust_file: Path | None

    @property
    def level(self) -> SealLevel:
        """What a seal becomes by a timestamp from here."""
        return SealLevel.B_T if self.trust_file is None else SealLevel.B_LTA
