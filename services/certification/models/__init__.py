"""Tables of the certification service. Importing this package declares all of them."""

from services.certification.models.associations import AssociationCopy, MembershipCopy
from services.certification.models.base import Base
from services.certification.models.certificates import Certificate
from services.certification.models.completions import LevelCompletion
from services.certification.models.keys import SigningKey
from services.certification.models.log import IssuanceLogEntry
from services.certification.models.passes import AssociationPass, PassRuleVersion
from services.certification.models.people import PersonCopy
from services.certification.models.programme import LevelCopy, RunCopy
from services.certification.models.status import StatusList

__all__ = [
    "AssociationCopy",
    "AssociationPass",
    "Base",
    "Certificate",
    "IssuanceLogEntry",
    "LevelCompletion",
    "LevelCopy",
    "MembershipCopy",
    "PassRuleVersion",
    "PersonCopy",
    "RunCopy",
    "SigningKey",
    "StatusList",
]
