"""The credential for wallets (SD-JWT VC), with the claim names of the European learning credential."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

#: Minutes of a teaching unit.
_UNIT_MINUTES = 45
#: The address of a level of the European Qualifications Framework, as the Union publishes it.
_EQF = "http://data.europa.eu/snb/eqf/"

#: Every claim about certificate and holder in the order in which wallets show them, and whether the holder decides
#: each time if it is shown. What says which certificate this is, and whose, always stays with the holder.
CLAIMS: dict[str, bool] = {
    "achievement_title": False,
    "given_name": True,
    "family_name": True,
    "name": True,
    "achievement_description": True,
    "learning_outcomes": True,
    "assessment_grade": True,
    "expected_study_time": True,
    "level_of_learning_experience": True,
    "language_of_classes": False,
    "issuing_authority": False,
    "issuing_country": False,
    "date_of_issuance": True,
    "date_of_expiry": False,
    "certificate_number": True,
}


@dataclass(frozen=True)
class WalletCredential:
    """One copy of a certificate in a wallet, without the key that it is bound to."""

    issuer: str
    type_url: str
    status_url: str
    status_index: int
    issued_at: datetime
    given_name: str
    family_name: str
    full_name: str
    title: str
    description: str
    outcomes: Sequence[str]
    grade: str
    units: int
    level: int | None
    language: str
    authority: str
    country: str
    issued_on: date
    expires_on: date | None
    number: str

    def claims(self) -> dict[str, Any]:
        """Every claim in the clear. `iat` is the day: the second would tell copies of one moment together."""
        day = self.issued_at.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        claims = {
            "iss": self.issuer,
            "iat": int(day.timestamp()),
            "vct": self.type_url,
            "status": {"status_list": {"idx": self.status_index, "uri": self.status_url}},
            "achievement_title": self.title,
            "given_name": self.given_name,
            "family_name": self.family_name,
            "name": self.full_name,
            "achievement_description": self.description,
            "learning_outcomes": list(self.outcomes),
            "assessment_grade": self.grade,
            "expected_study_time": study_time(self.units),
            "level_of_learning_experience": self.level,
            "language_of_classes": [self.language],
            "issuing_authority": self.authority,
            "issuing_country": self.country,
            "date_of_issuance": self.issued_on.isoformat(),
            "date_of_expiry": self.expires_on.isoformat() if self.expires_on else "",
            "certificate_number": self.number,
        }
        return {name: value for name, value in claims.items() if value not in ("", None)}

    @property
    def disclosable(self) -> list[str]:
        """The claims that the holder may keep back."""
        claims = self.claims()
        return [name for name, is_disclosable in CLAIMS.items() if is_disclosable and name in claims]


def study_time(units: int) -> str:
    """Teaching units as a duration of ISO 8601: 24 units are PT18H."""
    hours, minutes = divmod(units * _UNIT_MINUTES, 60)
    return f"PT{hours}H" + (f"{minutes}M" if minutes else "")


def eqf_level(alignments: Iterable[Mapping[str, Any]]) -> int | None:
    """The level of the European Qualifications Framework among the alignments of an achievement."""
    for alignment in alignments:
        number = str(alignment.get("targetUrl", "")).removeprefix(_EQF)
        if len(number) == 1 and number in "12345678":
            return int(number)
    return None
