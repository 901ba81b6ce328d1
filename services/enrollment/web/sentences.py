"""What a refusal says to the person: its class -> a translated sentence, and the form's field that it belongs to.

Every sentence tells what happened and what to do now. Facts of the refusal fill its placeholders.
"""

from flask_babel import lazy_gettext as _l

from services.enrollment.domain import errors
from shared.kernel.errors import DomainError
from shared.web.sentences import Sentence

SENTENCES: dict[type[DomainError], Sentence] = {
    # people, sign-in, associations, memberships, roles
    errors.CredentialsWrong: Sentence(
        text=_l("This name and this secret do not fit together. Check both, or choose another way to sign in below.")
    ),
    errors.LinkUnusable: Sentence(text=_l("This link was used already or is too old. Ask for a new one.")),
    errors.PasswordTooShort: Sentence(
        text=_l("Your password needs at least %(least)s characters. Three words in a row are easy to remember."),
        field="password",
    ),
    errors.PasswordTooCommon: Sentence(
        text=_l("This password is easy to guess. Choose another one, for example three words in a row."),
        field="password",
    ),
    errors.CurrentPasswordWrong: Sentence(
        text=_l("Your present password is not right. Nothing was changed."), field="current_password"
    ),
    errors.CodeWrong: Sentence(
        text=_l("This code is not right or was used already. Wait for the next code and type that one."), field="code"
    ),
    errors.PasskeyRefused: Sentence(
        text=_l("This passkey was not accepted. Try again, or choose another way to sign in.")
    ),
    errors.LastWayIn: Sentence(
        text=_l("This is your only way to sign in. Set up another one first, then remove this one.")
    ),
    errors.InviteCodeUnknown: Sentence(
        text=_l("We do not know this code. Codes can be replaced: ask your association for the present one."),
        field="code",
    ),
    errors.AlreadyMember: Sentence(text=_l("You are a member of this association already.")),
    errors.LastBoardMember: Sentence(
        text=_l("An association needs at least one person on its board. Name somebody else first.")
    ),
    errors.AccountClosed: Sentence(text=_l("This account was closed.")),
    errors.RoleScopeWrong: Sentence(text=_l("This role does not exist there. Choose another place for it.")),
    errors.RoleHeldAlready: Sentence(text=_l("This person has this role already.")),
    errors.BoardAccountsOnly: Sentence(
        text=_l("This person has an own way to sign in. Only people without e-mail address get a slip from the board.")
    ),
    # catalogue, runs, places, attendance, settings
}
