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
    errors.ConfirmationNeedsSignIn: Sentence(
        text=_l("Sign in first, so that we know it is you. Then the address is confirmed with one more click.")
    ),
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
    errors.RunNotOpen: Sentence(text=_l("You cannot ask for a place in this course now. Look for another date.")),
    errors.RegistrationClosed: Sentence(
        text=_l("Registration closed on %(closed_on)s. Look for another date, or ask the carrier of the course.")
    ),
    errors.RunIsOver: Sentence(text=_l("This course is over. It can no longer be changed.")),
    errors.RunEndsBeforeStart: Sentence(
        text=_l("The last day is before the first day. Please check both dates."), field="ends_on"
    ),
    errors.RegistrationClosesTooLate: Sentence(
        text=_l("Registration must close before the course begins on %(starts_on)s."), field="registration_closes_on"
    ),
    errors.CapacityBelowSeats: Sentence(
        text=_l("%(seats_taken)s seats are given out or offered already. The course cannot have fewer than that."),
        field="capacity",
    ),
    errors.RunLacksVenue: Sentence(text=_l("Choose a venue first, so that people know where to go.")),
    errors.RunLacksSessions: Sentence(text=_l("Add the dates of the workshops first.")),
    errors.RunLacksModules: Sentence(
        text=_l("%(count)s workshops of this level have no date yet. Add them, so that everybody can finish the level.")
    ),
    errors.SessionEndsBeforeStart: Sentence(
        text=_l("The workshop ends before it begins. Please check both times."), field="ends"
    ),
    errors.SessionOutsideRun: Sentence(
        text=_l("%(session_on)s is not between the first and the last day of the course."), field="session_on"
    ),
    errors.SessionsOverlap: Sentence(
        text=_l("Two workshops overlap on %(session_on)s. Choose another time for one of them."), field="starts"
    ),
    errors.TrainerUnknown: Sentence(
        text=_l("Nobody has an account with this address. Ask the person to sign up first."), field="email"
    ),
    errors.CarrierExists: Sentence(text=_l("There is a carrier with this name already."), field="name"),
    errors.SessionHasMarks: Sentence(
        text=_l("Attendance was noted in this workshop already, so it stays. Correct the attendance list instead.")
    ),
    errors.PrerequisiteMissing: Sentence(
        text=_l(
            "For “%(level)s” you need the certificate “%(required)s” first. "
            "It is not there yet. Look for a course of that level."
        )
    ),
    errors.PlaceExists: Sentence(text=_l("This person has a place in this course already, or is waiting for one.")),
    errors.NotOfAssociation: Sentence(
        text=_l("This person is not a member of the association. Choose another one, or add the person first."),
        field="association_id",
    ),
    errors.OfferLapsed: Sentence(
        text=_l("This offer ended on %(expired_at)s. The seat went to the next person. You can ask for a place again.")
    ),
    errors.NoSeatFree: Sentence(text=_l("No seat is free now. All are taken or offered to somebody.")),
    errors.AssociationAtLimit: Sentence(
        text=_l("This association has %(limit)s seats in the course already. That is the most one may have.")
    ),
    errors.AttendanceTooEarly: Sentence(text=_l("You can note attendance from %(session_on)s on.")),
    errors.SettingOutOfRange: Sentence(
        text=_l("Please choose a number from %(minimum)s to %(maximum)s."), field="value"
    ),
}
