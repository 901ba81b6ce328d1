"""Letters about courses, places and certificates."""

from services.enrollment.adapters.letters.wording import Wording, _l
from services.enrollment.domain.letters import Letter

WORDINGS: dict[Letter, Wording] = {
    Letter.PLACE_CONFIRMED: Wording(
        _l("You have a place: %(run)s"),
        (
            _l("Your place in “%(run)s” in %(town)s is confirmed. The course begins on %(starts_on)s."),
            _l("On the course page you find all dates, the way there and the learning material."),
            _l("If you cannot come, give the place back there. Somebody else is waiting for it."),
        ),
        _l("Open the course page"),
    ),
    Letter.PLACE_WAITING: Wording(
        _l("You are on the waiting list: %(run)s"),
        (
            _l("All seats of “%(run)s” in %(town)s are taken now. You are on the waiting list."),
            _l("When a seat is yours, we write to you. You then have a fixed time to answer."),
        ),
        _l("See your position"),
    ),
    Letter.PLACE_OFFERED: Wording(
        _l("A seat is free for you: %(run)s"),
        (
            _l("A seat in “%(run)s” in %(town)s is free. The course begins on %(starts_on)s."),
            _l("The seat is held for you. Please answer by %(deadline)s. After that the next person gets it."),
        ),
        _l("Take or decline the seat"),
    ),
    Letter.PLACE_RELEASED: Wording(
        _l("Your place was given back: %(run)s"),
        (
            _l("You no longer have a place in “%(run)s” in %(town)s."),
            _l("If you did not want this, talk to the carrier of the course or to your association."),
        ),
        _l("Open the course page"),
    ),
    Letter.OFFER_LAPSED: Wording(
        _l("The offer has ended: %(run)s"),
        (
            _l("We held a seat in “%(run)s” for you, but no answer came. The next person gets it now."),
            _l("You can ask for a place again on the course page."),
        ),
        _l("Open the course page"),
    ),
    Letter.RUN_CANCELLED: Wording(
        _l("The course is cancelled: %(run)s"),
        (
            _l("The course “%(run)s” in %(town)s, planned from %(starts_on)s on, does not take place. We are sorry."),
            _l("You need not do anything. On the course page you can look for another date."),
        ),
        _l("Open the course page"),
    ),
    Letter.RUN_CHANGED: Wording(
        _l("Changed dates: %(run)s"),
        (
            _l("Dates or place of the course “%(run)s” in %(town)s have changed. It now begins on %(starts_on)s."),
            _l("Your place stays yours. All dates are on the course page. If you cannot come, please give it back."),
        ),
        _l("See the dates"),
    ),
    Letter.SUBMISSION_GRADED: Wording(
        _l("Your trainer has answered: %(run)s"),
        ("%(verdict)s", _l("Read the answer to your work in the course “%(run)s”.")),
        _l("Read the answer"),
    ),
    Letter.CERTIFICATE_ISSUED: Wording(
        _l("Your certificate is ready: %(level)s"),
        (
            _l("Congratulations! You have passed “%(level)s”. Your certificate has the number %(number)s."),
            _l("You can download it and show it to others. With the QR code everybody can check that it is genuine."),
            _l("The next level is open for you now."),
        ),
        _l("Open the certificate"),
    ),
    Letter.CERTIFICATE_REVOKED: Wording(
        _l("Your certificate %(number)s no longer counts"),
        (
            _l("The programme office has revoked your certificate “%(level)s”, number %(number)s, on %(revoked_on)s."),
            _l("On the certificate's page you find the reason and whom you can ask."),
        ),
        _l("Open the certificate"),
    ),
    Letter.PASS_CHANGED: Wording(
        _l("The MEMO-Pass of %(association)s"),
        ("%(pass_state)s", _l("Association: %(association)s. Number: %(number)s. Valid until: %(valid_until_on)s.")),
        _l("See the pass"),
    ),
    Letter.PASS_GRACE: Wording(
        _l("The MEMO-Pass of %(association)s needs your attention"),
        (
            _l("The conditions of the MEMO-Pass of %(association)s are not met at present."),
            _l("The pass still holds until %(grace_until_on)s. If the conditions are met by then, nothing changes."),
            _l("On the page of the pass you see what is missing and who is nearest to it."),
        ),
        _l("See what is missing"),
    ),
    Letter.PASS_ENDS_SOON: Wording(
        _l("The MEMO-Pass of %(association)s ends on %(valid_until_on)s"),
        (
            _l("The MEMO-Pass of %(association)s is valid until %(valid_until_on)s. Days left: %(days_left)s."),
            _l("If the conditions are met, you can renew it with one click on the page of the pass."),
        ),
        _l("See the pass"),
    ),
    Letter.MULTIPLIER_CONTACTED: Wording(
        _l("A message through the register of multipliers"),
        (
            _l("Somebody found your entry in the public register of multipliers and writes to you."),
            _l("Name: %(sender)s. E-mail: %(reply_to)s. We have not checked either."),
            _l("The message: %(message)s"),
            _l("The sender does not know your address. If you answer, write to the address above; then it is known."),
            _l("If you no longer want such messages, change or delete your entry."),
        ),
        _l("Open my entry"),
    ),
}

#: Facts whose values are words of ours and are translated too: name of the fact -> value -> sentence.
TRANSLATED_FACTS: dict[str, dict[str, str]] = {
    "pass_state": {
        "awarded": _l("Congratulations! Your association holds the MEMO-Pass."),
        "suspended": _l("The MEMO-Pass of your association is suspended: its conditions are not met at present."),
        "ended": _l("The time of the MEMO-Pass is over. Your association can renew it."),
    },
    "verdict": {
        "accepted": _l("Your work is accepted."),
        "returned": _l("Your work is not complete yet. Your trainer says what is still missing."),
    },
}
