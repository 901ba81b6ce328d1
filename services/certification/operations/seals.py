"""The seal of this process, from its settings; doors hand it on to the operations that need it."""

from functools import cache

from services.certification.adapters.keyring import open_keyring
from services.certification.adapters.seal import Seal
from services.certification.adapters.timestamp_authority import TimestampAuthority
from services.certification.config import CertificationSettings
from services.certification.domain.credential import Issuer
from services.certification.domain.did import did_of


@cache
def seal_of(settings: CertificationSettings) -> Seal:
    """The seal that the settings describe; the keys are opened once. Raises SigningKeyUnusable."""
    did = did_of(settings.base_url)
    return Seal(
        issuer=Issuer(
            did=did,
            name=settings.issuer_name,
            url=settings.base_url,
            email=settings.issuer_email,
        ),
        programme_name=settings.programme_name,
        base_url=settings.base_url,
        keyring=open_keyring(settings.signing_keys_file, did=did),
        timestamps=_timestamps(settings),
    )


def _timestamps(settings: CertificationSettings) -> TimestampAuthority | None:
    if settings.tsa_url is None:
        return None
    return TimestampAuthority(settings.tsa_url, settings.tsa_timeout, settings.tsa_trust_file)
