"""Who somebody may sign in as to look around: one person per role, with an address that says so."""

from dataclasses import dataclass

from shared.devkit.demo.names import MAIL_DOMAIN, PEOPLE_BY_KEY

#: One password for everybody in the demo programme, who all are invented.
DEMO_PASSWORD = "bunte-vereine-2026"


@dataclass(frozen=True)
class DemoSignIn:
    """One role and the person who stands for it. Staff needs a code of the demo authenticator too."""

    role: str
    person_key: str
    mailbox: str
    has_second_factor: bool = False

    @property
    def email(self) -> str:
        """The address at the reserved domain."""
        return f"{self.mailbox}@{MAIL_DOMAIN}"


SIGN_INS: tuple[DemoSignIn, ...] = (
    DemoSignIn("Teilnehmerin, noch ohne Platz", "parisa", "neu"),
    DemoSignIn("Teilnehmerin im laufenden Kurs", "natalia", "kurs"),
    DemoSignIn("Teilnehmer mit Zertifikaten", "minh", "zertifikat"),
    DemoSignIn("Vorstand eines Vereins", "lin", "vorstand"),
    DemoSignIn("Multiplikatorin in Ausbildung", "zsofia", "multiplikatorin"),
    DemoSignIn("Trainerin (mit Einmal-Code)", "trainer.leyla", "trainerin", has_second_factor=True),
    DemoSignIn("Träger (mit Einmal-Code)", "carrier.ines", "traeger", has_second_factor=True),
    DemoSignIn("Programmbüro (mit Einmal-Code)", "office.friederike", "buero", has_second_factor=True),
    DemoSignIn("Ministerium (mit Einmal-Code)", "authority.hartmut", "ministerium", has_second_factor=True),
)

_BY_PERSON = {sign_in.person_key: sign_in for sign_in in SIGN_INS}


def email_of(person_key: str) -> str | None:
    """The address of a person: the telling one of a demo sign-in, the person's own otherwise."""
    if sign_in := _BY_PERSON.get(person_key):
        return sign_in.email
    return PEOPLE_BY_KEY[person_key].email
