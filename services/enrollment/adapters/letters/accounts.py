"""Letters about accounts and ways to sign in."""

from services.enrollment.adapters.letters.wording import Wording, _l
from services.enrollment.domain.letters import CredentialChange, Letter
from shared.kernel.actor import Role

WORDINGS: dict[Letter, Wording] = {
    Letter.CONFIRM_EMAIL: Wording(
        _l("Confirm your e-mail address"),
        (
            _l("You want to use this address for your MEMO account. Open this link to confirm it."),
            _l("The link works for seven days. If it was not you, you need not do anything."),
        ),
        _l("Confirm the address"),
    ),
    Letter.ADDRESS_HAS_ACCOUNT: Wording(
        _l("You have a MEMO account already"),
        (
            _l("Somebody, perhaps you, has just given this address at MEMO. But it belongs to your account already."),
            _l("Was it you? Then sign in with this address. We can send you a link for that."),
            _l("If it was not you, you need not do anything. Nobody has got into your account."),
        ),
        _l("Sign in"),
    ),
    Letter.SIGN_IN_LINK: Wording(
        _l("Your link to sign in"),
        (
            _l("With this link you sign in at MEMO. It works once, for 30 minutes."),
            _l("Never pass this link on. If you did not ask for it, you need not do anything."),
        ),
        _l("Sign in"),
    ),
    Letter.NO_ACCOUNT: Wording(
        _l("No account with this address"),
        (
            _l("Somebody, perhaps you, wanted to sign in at MEMO with this address. We know no account with it."),
            _l("Perhaps you gave another address. Or your association made your account: then you have a slip."),
        ),
        _l("All ways to sign in"),
    ),
    Letter.WELCOME: Wording(
        _l("Welcome to MEMO"),
        (
            _l("Your address is confirmed. You can sign in with it from now on."),
            _l("Next you can look for a course near you, or join your association with its code."),
        ),
        _l("To MEMO"),
    ),
    Letter.CREDENTIALS_CHANGED: Wording(
        _l("Something about your sign-in has changed"),
        (
            "%(change)s",
            _l("It happened on %(at)s."),
            _l("If it was not you: open this page, sign out everywhere and choose a new password."),
        ),
        _l("My ways to sign in"),
    ),
    Letter.EMAIL_CHANGED: Wording(
        _l("Your account has another e-mail address now"),
        (
            _l("From now on your MEMO account uses the address %(new_address)s."),
            _l("If it was not you, answer this letter at once."),
        ),
    ),
    Letter.ACCOUNT_CLOSED: Wording(
        _l("Your account is closed"),
        (
            _l("Your MEMO account is closed. We have deleted your name, your address and your ways to sign in."),
            _l("Certificates that you received stay valid. Thank you for having been with us."),
        ),
    ),
    Letter.ROLE_GRANTED: Wording(
        _l("You have a new role"),
        (
            _l("Your new role at MEMO: %(role)s."),
            _l("For this role you need a second step when you sign in. MEMO leads you through it."),
        ),
        _l("To MEMO"),
    ),
    Letter.FEEDBACK: Wording(
        _l("Feedback about the site"),
        (
            "%(message)s",
            _l("About the page: %(page_address)s"),
            _l("How to answer: %(contact)s"),
        ),
    ),
}

#: Facts whose values are words of ours and are translated too: name of the fact -> value -> sentence.
TRANSLATED_FACTS: dict[str, dict[str, str]] = {
    "change": {
        CredentialChange.PASSWORD_SET: _l("Your password was set or changed."),
        CredentialChange.PASSWORD_REMOVED: _l("Your password was removed."),
        CredentialChange.PASSKEY_ADDED: _l("A new passkey was added to your account."),
        CredentialChange.PASSKEY_REMOVED: _l("A passkey was removed from your account."),
        CredentialChange.SECOND_FACTOR_SET: _l("An authenticator app was connected with your account."),
        CredentialChange.SECOND_FACTOR_REMOVED: _l("The authenticator app was removed from your account."),
        CredentialChange.RECOVERY_CODES_RENEWED: _l("New recovery codes were made for your account."),
        CredentialChange.RECOVERY_CODE_USED: _l("Somebody signed in with one of your recovery codes."),
        CredentialChange.SLIP_ISSUED: _l("A new sign-in slip was made for your account."),
    },
    "role": {
        Role.TRAINER: _l("Trainer"),
        Role.CARRIER_STAFF: _l("Staff of a carrier"),
        Role.OFFICE: _l("Programme office"),
        Role.AUTHORITY: _l("Ministry and granting office"),
    },
}
