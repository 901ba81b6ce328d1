"""Tables of the certification service. Importing this package declares all of them."""

from services.certification.models.associations import AssociationCopy, MembershipCopy
from services.certification.models.base import Base
from services.certification.models.batches import BatchItem, IssueBatch
from services.certification.models.certificates import Certificate
from services.certification.models.completions import LevelCompletion
from services.certification.models.documents import Document
from services.certification.models.endorsements import Endorsement
from services.certification.models.keys import SigningKey
from services.certification.models.log import LogEntry, LogHead, LogNode
from services.certification.models.passes import AssociationPass, PassChange, PassCredential, PassRuleVersion
from services.certification.models.people import PersonCopy
from services.certification.models.programme import LevelCopy, RunCopy
from services.certification.models.registers import AssociationEntry, MultiplierEntry
from services.certification.models.reissues import ReissueRequest
from services.certification.models.releases import ReleaseRequest, ReleaseRuleVersion
from services.certification.models.shares import Evidence, HolderChoice, Share
from services.certification.models.status import StatusEntry, StatusList
from services.certification.models.templates import CertificateTemplate
from services.certification.models.tokens import ApiToken
from services.certification.models.wallet import WalletCopy, WalletNonce, WalletOffer
from services.certification.models.webhooks import Webhook, WebhookMessage
from services.certification.models.weighings import PassWeighing

__all__ = [
    "ApiToken",
    "AssociationCopy",
    "AssociationEntry",
    "AssociationPass",
    "Base",
    "BatchItem",
    "Certificate",
    "CertificateTemplate",
    "Document",
    "Endorsement",
    "Evidence",
    "HolderChoice",
    "IssueBatch",
    "LevelCompletion",
    "LevelCopy",
    "LogEntry",
    "LogHead",
    "LogNode",
    "MembershipCopy",
    "MultiplierEntry",
    "PassChange",
    "PassCredential",
    "PassRuleVersion",
    "PassWeighing",
    "PersonCopy",
    "ReissueRequest",
    "ReleaseRequest",
    "ReleaseRuleVersion",
    "RunCopy",
    "Share",
    "SigningKey",
    "StatusEntry",
    "StatusList",
    "WalletCopy",
    "WalletNonce",
    "WalletOffer",
    "Webhook",
    "WebhookMessage",
]
