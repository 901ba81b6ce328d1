"""The invented places, carriers and associations of the demo programme.

Regions are those of the programme; towns exist, everything that stands in them here does not. People are named by the
keys of shared.devkit.demo.names.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoRegion:
    """One of the five regions of the programme, with towns in which something may take place."""

    code: str
    name: str
    towns: tuple[str, ...]


@dataclass(frozen=True)
class DemoCarrier:
    """A fictional carrier: whoever runs the courses of one region."""

    key: str
    name: str
    town: str
    region_code: str
    staff: tuple[str, ...]


@dataclass(frozen=True)
class DemoVenue:
    """A fictional place to meet. `access` says what somebody with a wheelchair or a pram wants to know beforehand."""

    name: str
    street: str
    town: str
    region_code: str
    access: str


@dataclass(frozen=True)
class DemoAssociation:
    """An invented association. The first of `board` chairs it; `members` are those who are not on the board."""

    key: str
    name: str
    town: str
    region_code: str
    founded_year: int
    description: str
    board: tuple[str, ...]
    members: tuple[str, ...]


@dataclass(frozen=True)
class DemoTrainer:
    """Somebody who teaches and grades: in which regions, and what for."""

    person_key: str
    region_codes: tuple[str, ...]
    subjects: str


REGIONS: tuple[DemoRegion, ...] = (
    DemoRegion(
        "bodensee-oberschwaben",
        "Bodensee-Oberschwaben",
        ("Ravensburg", "Weingarten", "Friedrichshafen", "Konstanz", "Biberach an der Riß", "Singen"),
    ),
    DemoRegion(
        "neckar-alb",
        "Neckar-Alb",
        ("Reutlingen", "Tübingen", "Metzingen", "Balingen", "Albstadt", "Rottenburg am Neckar"),
    ),
    DemoRegion(
        "rhein-neckar",
        "Rhein-Neckar",
        ("Heidelberg", "Mannheim", "Weinheim", "Schwetzingen", "Sinsheim", "Mosbach"),
    ),
    DemoRegion(
        "heilbronn",
        "Heilbronn",
        ("Heilbronn", "Schwäbisch Hall", "Neckarsulm", "Öhringen", "Künzelsau", "Crailsheim"),
    ),
    DemoRegion(
        "freiburg",
        "Freiburg",
        ("Freiburg im Breisgau", "Offenburg", "Lörrach", "Emmendingen", "Lahr", "Villingen-Schwenningen"),
    ),
)

CARRIERS: tuple[DemoCarrier, ...] = (
    DemoCarrier(
        "seeblick",
        "Lernhafen Seeblick Bodensee-Oberschwaben (Demo) e. V.",
        "Ravensburg",
        "bodensee-oberschwaben",
        ("carrier.magdalena",),
    ),
    DemoCarrier(
        "werkstatt-vielfalt",
        "Werkstatt Vielfalt Neckar-Alb (Demo) e. V.",
        "Reutlingen",
        "neckar-alb",
        ("carrier.tuncay",),
    ),
    DemoCarrier(
        "zwei-fluesse", "Forum Zwei Flüsse Rhein-Neckar (Demo) e. V.", "Heidelberg", "rhein-neckar", ("carrier.ines",)
    ),
    DemoCarrier(
        "kocherbruecke", "Bildungshaus Kocherbrücke Heilbronn (Demo) gGmbH", "Heilbronn", "heilbronn", ("carrier.ruth",)
    ),
    DemoCarrier(
        "dreiklang", "Netzwerk Dreiklang Südbaden (Demo) e. V.", "Freiburg im Breisgau", "freiburg", ("carrier.emeka",)
    ),
)

_LEVEL_ACCESS = "Stufenloser Eingang, Aufzug, rollstuhlgerechte Toilette"
_RAMP_ACCESS = "Rampe am Hofeingang, Raum im Erdgeschoss, rollstuhlgerechte Toilette"
_STEPS_ACCESS = "Drei Stufen am Eingang; mobile Rampe auf Anfrage, bitte vorher melden"

VENUES: tuple[DemoVenue, ...] = (
    DemoVenue("Bürgersaal am Beispielplatz", "Beispielplatz 1", "Ravensburg", "bodensee-oberschwaben", _LEVEL_ACCESS),
    DemoVenue("Altes Musterkelterhaus", "Mustergasse 12", "Friedrichshafen", "bodensee-oberschwaben", _RAMP_ACCESS),
    DemoVenue("Stadtteilhaus Probierstube", "Probeweg 7", "Reutlingen", "neckar-alb", _LEVEL_ACCESS),
    DemoVenue("Lesesaal Zur Fabelwiese", "Fabelwiese 3", "Tübingen", "neckar-alb", _STEPS_ACCESS),
    DemoVenue("Haus der leeren Stühle", "Phantasiestraße 21", "Heidelberg", "rhein-neckar", _LEVEL_ACCESS),
    DemoVenue("Werkraum Übungshafen", "Am Übungshafen 5", "Mannheim", "rhein-neckar", _RAMP_ACCESS),
    DemoVenue("Gemeindesaal am Probeberg", "Probebergstraße 9", "Heilbronn", "heilbronn", _LEVEL_ACCESS),
    DemoVenue("Salzstadel Ideenraum", "Ideengasse 4", "Schwäbisch Hall", "heilbronn", _STEPS_ACCESS),
    DemoVenue("Quartiersraum Wolkenkuckuck", "Wolkenweg 16", "Freiburg im Breisgau", "freiburg", _LEVEL_ACCESS),
    DemoVenue("Kulturschuppen Irgendwo", "Irgendwostraße 2", "Offenburg", "freiburg", _RAMP_ACCESS),
)

TRAINERS: tuple[DemoTrainer, ...] = (
    DemoTrainer("trainer.carolin", ("neckar-alb", "bodensee-oberschwaben"), "Vereinsrecht, Satzung"),
    DemoTrainer("trainer.dursun", ("neckar-alb", "heilbronn"), "Gemeinnützigkeit, Buchführung"),
    DemoTrainer("trainer.eleni", ("rhein-neckar",), "Projektarbeit, Förderanträge"),
    DemoTrainer("trainer.konrad", ("bodensee-oberschwaben",), "Buchführung, Finanzierungsplan"),
    DemoTrainer("trainer.leyla", ("rhein-neckar", "heilbronn"), "Mitglieder, Datenschutz, Öffentlichkeitsarbeit"),
    DemoTrainer("trainer.patrice", ("freiburg",), "Projektarbeit, Fundraising"),
    DemoTrainer("trainer.svetlana", ("freiburg", "bodensee-oberschwaben"), "Beratung, Vielfalt, Konflikte"),
    DemoTrainer("trainer.uwe", ("heilbronn", "rhein-neckar"), "Vereinsrecht, Verwendungsnachweis"),
)

ASSOCIATIONS: tuple[DemoAssociation, ...] = (
    DemoAssociation(
        "papierstern",
        "Papierstern Friedrichshafen e. V.",
        "Friedrichshafen",
        "bodensee-oberschwaben",
        2011,
        "Lernpatenschaften: Erwachsene helfen Kindern zweimal in der Woche bei Hausaufgaben und beim Lesen.",
        ("amina", "tomasz"),
        ("nour", "wanjiru"),
    ),
    DemoAssociation(
        "granatapfelkern",
        "Frauentreff Granatapfelkern e. V.",
        "Ravensburg",
        "bodensee-oberschwaben",
        2006,
        "Frühstück, Beratung und Ausflüge für Frauen, mit Kinderbetreuung und einer Erzählrunde auf Deutsch.",
        ("sibel", "oleksandra"),
        ("bahar", "giulia", "fatuma"),
    ),
    DemoAssociation(
        "tausend-stimmen",
        "Chor der tausend Stimmen Weingarten e. V.",
        "Weingarten",
        "bodensee-oberschwaben",
        1998,
        "Ein Chor mit Liedern aus vielen Ländern, zwei Konzerten im Jahr und offenen Proben am Donnerstag.",
        ("marek", "ioana"),
        ("radu", "anna"),
    ),
    DemoAssociation(
        "lindenblatt",
        "Bühne Lindenblatt Reutlingen e. V.",
        "Reutlingen",
        "neckar-alb",
        2014,
        "Theater mit Jugendlichen und Erwachsenen: eigene Stücke, gespielt in mehreren Sprachen mit Übertiteln.",
        ("samir", "thi_mai", "rosa"),
        ("dimitris", "kwame"),
    ),
    DemoAssociation(
        "bunter-faden",
        "Bunter Faden Metzingen e. V.",
        "Metzingen",
        "neckar-alb",
        2017,
        "Offene Nähwerkstatt: reparieren, ändern, lernen; einmal im Jahr ein Basar für einen guten Zweck.",
        ("vjosa", "ismail"),
        ("besnik", "selam"),
    ),
    DemoAssociation(
        "erzaehlbank",
        "Erzählbank Zollernalb e. V.",
        "Balingen",
        "neckar-alb",
        2009,
        "Menschen erzählen aus ihrem Leben: in Schulen, in Bibliotheken und auf einer Bank im Park.",
        ("milica", "ante"),
        ("yonas", "parisa"),
    ),
    DemoAssociation(
        "quadratklang",
        "Quadratklang Mannheim e. V.",
        "Mannheim",
        "rhein-neckar",
        2003,
        "Musikunterricht für Kinder auf geliehenen Instrumenten und ein Sommerfest im Hof.",
        ("zsofia", "bence"),
        ("farhad", "priya"),
    ),
    DemoAssociation(
        "neckarwelle",
        "Tanzkreis Neckarwelle Heidelberg e. V.",
        "Heidelberg",
        "rhein-neckar",
        1994,
        "Tänze aus vielen Ländern für alle Altersstufen, Auftritte bei Stadtfesten und in Seniorenheimen.",
        ("arjun", "eirini"),
        ("mariam", "khaled"),
    ),
    DemoAssociation(
        "zwei-zungen",
        "Elternnetz Zwei Zungen Weinheim e. V.",
        "Weinheim",
        "rhein-neckar",
        2019,
        "Eltern, die ihre Kinder mit mehreren Sprachen erziehen: Vorlesestunden, Elternabende, Beratung.",
        ("lin", "agnieszka"),
        ("hayat", "minh"),
    ),
    DemoAssociation(
        "siebenfarben",
        "Sprachgarten Siebenfarben Heilbronn e. V.",
        "Heilbronn",
        "heilbronn",
        2015,
        "Sprachtandems und ein Gemeinschaftsgarten: Deutsch lernen beim Säen, Gießen und Ernten.",
        ("carmen", "pawel", "esra"),
        ("nikola", "diego"),
    ),
    DemoAssociation(
        "offener-topf",
        "Offener Topf Schwäbisch Hall e. V.",
        "Schwäbisch Hall",
        "heilbronn",
        2016,
        "Gemeinsam kochen und essen: jeden zweiten Freitag, ohne Anmeldung, für alle aus der Nachbarschaft.",
        ("chiamaka", "hueseyin"),
        ("tunde", "gulnara"),
    ),
    DemoAssociation(
        "morgenrot",
        "Sportfreunde Morgenrot Neckarsulm e. V.",
        "Neckarsulm",
        "heilbronn",
        1987,
        "Fußball, Schach und Gymnastik; eine Mädchenmannschaft und ein Lauftreff für Anfängerinnen und Anfänger.",
        ("rustam", "jelena"),
        ("wolete", "sandeep"),
    ),
    DemoAssociation(
        "dreisamtrommeln",
        "Dreisamtrommeln Freiburg e. V.",
        "Freiburg im Breisgau",
        "freiburg",
        2001,
        "Trommeln und Tanz mit Kindern und Jugendlichen, Workshops in Schulen, ein Straßenfest im Juni.",
        ("mamadou", "aissatou"),
        ("natalia", "viktor"),
    ),
    DemoAssociation(
        "kompassnadel",
        "Kompassnadel Jugend Offenburg e. V.",
        "Offenburg",
        "freiburg",
        2020,
        "Jugendliche begleiten Jugendliche: Bewerbungen schreiben, Praktika finden, Ferienprogramme planen.",
        ("rojda", "paulo"),
        ("azad", "luciana"),
    ),
    DemoAssociation(
        "gesund-ankommen",
        "Gesund ankommen Lörrach e. V.",
        "Lörrach",
        "freiburg",
        2018,
        "Gesundheitsabende in einfacher Sprache und Begleitung zu Terminen bei Ärztinnen und Ärzten.",
        ("omid", "theodora"),
        ("sumaya", "ubah", "yusuf"),
    ),
)
