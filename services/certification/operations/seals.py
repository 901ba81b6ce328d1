"""The seal of this process, from its settings; doors hand it on to the operations that need it."""

from functools import cache

from services.certification.adapters.seal import Seal
from services.certification.adapters.signer import open_key_file
from services.certification.config import CertificationSettings
from services.certification.domain.credential import Issuer
from services.certification.domain.did import did_of


@cache
def seal_of(settings: CertificationSettings) -> Seal:
    """The seal that the settings describe; the key file is read once. Raises SigningKeyUnusable."""
    return Seal(
        issuer=Issuer(
            did=did_of(settings.base_url),
            name=settings.issuer_name,
            url=settings.base_url,
            email=settings.issuer_email,
        ),
        programme_name=settings.programme_name,
        base_url=settings.base_url,
        key_code=settings.signing_key_code,
        signer=open_key_file(settings.signing_key_file),
    )
