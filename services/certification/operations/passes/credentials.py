"""The credential of a pass: signed for each time of validity and each name, suspended and restored with the pass."""

import hashlib
import json
import secrets
from datetime import datetime, time, timedelta
from uuid import UUID

from sqlalchemy.orm import Session

from services.certification.adapters.credentials import sign_credential
from services.certification.adapters.seal import Seal
from services.certification.adapters.wording import PROGRAMME_LANGUAGE, sentences
from services.certification.domain.credential import Achievement, AchievementType, Credential, OpenName, StatusEntry
from services.certification.domain.keys import KeyPurpose, KeyState
from services.certification.domain.log import LogKind
from services.certification.domain.passes import PassRule, PassState
from services.certification.domain.permissions import PERMISSIONS, Permission
from services.certification.domain.status import REVOKED_VALUE, StatusPurpose
from services.certification.domain.text import clean_text
from services.certification.models import AssociationCopy, AssociationPass, PassCredential
from services.certification.operations.keys import present_key
from services.certification.operations.log import add_to_log
from services.certification.operations.passes.changing import call_for_credential
from services.certification.operations.status import allocate_entry, set_status
from services.certification.queries.keys import get_key
from services.certification.queries.pass_credentials import (
    find_present_credential,
    list_pass_credentials,
    list_passes_sealed_with,
    lock_pass,
)
from services.certification.queries.passes import find_pass_of, present_rule
from services.certification.queries.programme import list_levels
from shared.contracts.certification import SigningKeyChanged
from shared.kernel.actor import Actor
from shared.kernel.clock import PROGRAMME_ZONE, programme_date
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, require_or_hide

#: The name of the pass's achievement, as levels have theirs.
PASS_CODE = "memo-pass"  # noqa: S105 - the name of an achievement
_NAME_LIMIT = 200


def keep_pass_credential(session: Session, *, pass_id: UUID, seal: Seal, now: datetime) -> None:
    """Bring the credential of a pass into line with the pass; safe to repeat.

    Another end, another name or a key that was declared void makes a new credential, and the one before counts no
    more. A suspended pass sets the bit of its credential, a returned one clears it. A pass that is over gets no new
    one, even if the worker hears of it late.
    """
    held, association = lock_pass(session, pass_id=pass_id)
    present = find_present_credential(session, pass_id=pass_id)
    is_over = held.state is PassState.ENDED or held.valid_until < programme_date(now)
    if not is_over and (present is None or not _fits(session, present, held, association)):
        if present is not None:
            present.superseded_at = now
            session.flush()  # Only one credential of a pass may be the present one.
            _say(session, present, is_out_of_force=True, seal=seal, now=now)
        present = _issue(session, held, association, seal=seal, now=now)
    if present is not None:
        _say(session, present, is_out_of_force=held.state is PassState.SUSPENDED, seal=seal, now=now)


def read_pass_credential(session: Session, *, actor: Actor, association_id: UUID) -> PassCredential:
    """The present credential of an association's pass, for its board and the office; not found for everybody else."""
    require_or_hide(PERMISSIONS, actor, Permission.PASS_READ, Facts(association_id=association_id), kind="pass")
    held = find_pass_of(session, association_id=association_id)
    credential = find_present_credential(session, pass_id=held.id) if held else None
    if credential is None:
        raise NotFound(kind="pass_credential")
    return credential


def describe_pass(session: Session, *, seal: Seal, now: datetime) -> Achievement:
    """What the pass demands today, as an achievement."""
    rule = present_rule(session, today=programme_date(now))
    titles = {level.code: level.title for level in list_levels(session)}
    return _achievement(rule, [titles.get(code, code) for code in rule.level_codes], seal=seal)


def renew_seals(session: Session, *, event: SigningKeyChanged, now: datetime) -> None:
    """Have every pass signed anew that a key has signed which is void now; appends PassCredentialDue for each."""
    if (event.purpose, event.state) != (KeyPurpose.CREDENTIALS, KeyState.REVOKED):
        return
    for held in list_passes_sealed_with(session, key_code=event.code):
        call_for_credential(session, held, now=now)


def _fits(session: Session, credential: PassCredential, held: AssociationPass, association: AssociationCopy) -> bool:
    is_same = (credential.valid_until, credential.association_name, credential.town) == (
        held.valid_until,
        _clean(association.name),
        _clean(association.town),
    )
    key_code = str(json.loads(credential.credential)["proof"]["verificationMethod"]).partition("#")[2]
    return is_same and get_key(session, code=key_code).state is not KeyState.REVOKED


def _clean(name: str) -> str:
    return clean_text(name, field="association", limit=_NAME_LIMIT)


def _say(session: Session, credential: PassCredential, *, is_out_of_force: bool, seal: Seal, now: datetime) -> None:
    set_status(
        session,
        subject_id=credential.id,
        purpose=StatusPurpose.SUSPENSION,
        value=REVOKED_VALUE if is_out_of_force else 0,
        seal=seal,
        now=now,
    )


def _issue(
    session: Session, held: AssociationPass, association: AssociationCopy, *, seal: Seal, now: datetime
) -> PassCredential:
    earlier = list_pass_credentials(session, pass_id=held.id)
    row = _row(held, association, sequence=earlier[0].sequence + 1 if earlier else 1, seal=seal, now=now)
    status_list, row.status_index = allocate_entry(
        session, purpose=StatusPurpose.SUSPENSION, subject_id=row.id, seal=seal, now=now
    )
    row.status_list_id = status_list.id
    status = StatusEntry(
        list_url=seal.status_url(status_list.code), index=row.status_index, purpose=status_list.purpose.value
    )
    unsigned = _credential(row, status, describe_pass(session, seal=seal, now=now), seal=seal)
    key = present_key(session, purpose=KeyPurpose.CREDENTIALS, seal=seal, now=now)
    signed = sign_credential(unsigned, key=key, now=now)
    row.credential, row.credential_jwt = signed.text, signed.jwt
    row.credential_sha256 = hashlib.sha256(row.credential.encode()).hexdigest()
    session.add(row)
    add_to_log(
        session,
        kind=LogKind.PASS_ISSUED,
        subject_id=row.id,
        content=row.credential,
        salt=row.log_salt,
        now=now,
    )
    return row


def _row(
    held: AssociationPass, association: AssociationCopy, *, sequence: int, seal: Seal, now: datetime
) -> PassCredential:
    """The row with everything that never changes again, but for the credential made from it."""
    return PassCredential(
        id=new_id(),
        pass_id=held.id,
        sequence=sequence,
        url=f"{seal.verification_url(held.number)}#{sequence}",
        association_name=_clean(association.name),
        town=_clean(association.town),
        rule_version=held.rule_version,
        valid_from=programme_date(now),
        valid_until=held.valid_until,
        issued_at=now,
        log_salt=secrets.token_hex(16),
    )


def _credential(row: PassCredential, status: StatusEntry, achievement: Achievement, *, seal: Seal) -> Credential:
    _ = sentences(PROGRAMME_LANGUAGE)
    return Credential(
        url=row.url,
        subject_id=f"urn:uuid:{row.id}",
        name=_("MEMO-Pass: %(association)s") % {"association": row.association_name},
        issuer=seal.issuer,
        valid_from=row.issued_at,
        valid_until=datetime.combine(row.valid_until + timedelta(days=1), time.min, PROGRAMME_ZONE),
        holder=OpenName(row.association_name),
        achievement=achievement,
        status=status,
    )


def _achievement(rule: PassRule, level_titles: list[str], *, seal: Seal) -> Achievement:
    _ = sentences(PROGRAMME_LANGUAGE)
    url = seal.achievement_url(PASS_CODE)
    facts = json.dumps([rule.members_needed, level_titles, rule.certificate_months], ensure_ascii=False)
    return Achievement(
        url=url,
        name=_("MEMO-Pass"),
        description=_("The association has enough members who learned in the programme how an association is run."),
        criteria="\n".join(
            [
                _("Members of the association who hold all of these certificates of the programme: %(needed)s or more.")
                % {"needed": rule.members_needed},
                *(f"- {title}" for title in level_titles),
            ]
        ),
        code=PASS_CODE,
        version=hashlib.sha256(facts.encode()).hexdigest()[:8],
        units_offered=0,
        units_title="",
        image_url=f"{url}/badge.svg",
        image_caption=_("Seal of the MEMO-Pass"),
        type=AchievementType.PASS,
    )
