"""The catalogue with which the programme begins: regions, levels, workshops.

Sources: DOMAIN.md section 6 (regions; levels; six workshops of 8 units for each of the first two levels, 80 units for
the third). Titles and summaries are ours. The office changes titles and units in the editor; codes stay.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class PlannedModule:
    """One workshop. `units` are teaching units of 45 minutes."""

    code: str
    title: str
    units: int
    summary: str


@dataclass(frozen=True)
class PlannedLevel:
    """One level with its workshops in order. `requires_code` is the level whose certificate must come first."""

    code: str
    title: str
    requires_code: str | None
    modules: tuple[PlannedModule, ...]


#: Code and name, in the programme's order.
REGIONS: tuple[tuple[str, str], ...] = (
    ("bodensee-oberschwaben", "Bodensee-Oberschwaben"),
    ("neckar-alb", "Neckar-Alb"),
    ("rhein-neckar", "Rhein-Neckar"),
    ("heilbronn", "Heilbronn"),
    ("freiburg", "Freiburg"),
)

LEVELS: tuple[PlannedLevel, ...] = (
    PlannedLevel(
        "grundkurs",
        "Grundkurs",
        None,
        (
            PlannedModule(
                "grundkurs-vereinsrecht",
                "Einführung in das Vereinsrecht",
                8,
                "Wie ein Verein entsteht, wer ihn vertritt und wann der Vorstand haftet.",
            ),
            PlannedModule(
                "grundkurs-satzung",
                "Satzung und Mitgliederversammlung",
                8,
                "Was in der Satzung stehen muss, wie man einlädt, abstimmt und Beschlüsse festhält.",
            ),
            PlannedModule(
                "grundkurs-gemeinnuetzigkeit",
                "Gemeinnützigkeit und Steuern",
                8,
                "Was gemeinnützig bedeutet, welche vier Bereiche es gibt und wie man Spenden bestätigt.",
            ),
            PlannedModule(
                "grundkurs-buchfuehrung",
                "Buchführung vom Beleg bis zum Jahresabschluss",
                8,
                "Belege ordnen, das Kassenbuch führen und Einnahmen und Ausgaben am Jahresende gegenüberstellen.",
            ),
            PlannedModule(
                "grundkurs-projekt",
                "Von der Idee zum Projekt",
                8,
                "Ziele klären, Schritte und Kosten planen, ein kleines Projekt durchführen und auswerten.",
            ),
            PlannedModule(
                "grundkurs-mitglieder",
                "Mitglieder und Datenschutz",
                8,
                "Mitglieder gewinnen und verwalten und mit ihren Daten und Fotos richtig umgehen.",
            ),
        ),
    ),
    PlannedLevel(
        "aufbaukurs",
        "Aufbaukurs",
        "grundkurs",
        (
            PlannedModule(
                "aufbaukurs-foerderantrag",
                "Werkstatt Förderantrag",
                8,
                "Ein passendes Programm finden und einen Antrag schreiben, der die Fragen der Prüfenden beantwortet.",
            ),
            PlannedModule(
                "aufbaukurs-finanzierungsplan",
                "Kosten- und Finanzierungsplan",
                8,
                "Kosten schätzen, Eigenmittel und Drittmittel planen und Änderungen rechtzeitig melden.",
            ),
            PlannedModule(
                "aufbaukurs-verwendungsnachweis",
                "Verwendungsnachweis",
                8,
                "Belege sammeln, Sachbericht und Zahlen zusammenstellen und Fristen einhalten.",
            ),
            PlannedModule(
                "aufbaukurs-fundraising",
                "Spenden und Sponsoring",
                8,
                "Menschen und Unternehmen als Unterstützer gewinnen und richtig mit ihrem Geld umgehen.",
            ),
            PlannedModule(
                "aufbaukurs-oeffentlichkeit",
                "Öffentlichkeitsarbeit",
                8,
                "Über die eigene Arbeit berichten: Presse, soziale Medien, Bilder und Einwilligungen.",
            ),
            PlannedModule(
                "aufbaukurs-jugend",
                "Jugendarbeit und Zusammenarbeit mit der Kommune",
                8,
                "Angebote für junge Menschen gestalten und in Gremien der Gemeinde mitwirken.",
            ),
        ),
    ),
    PlannedLevel(
        "multiplikator",
        "Ausbildung zum Multiplikator",
        "aufbaukurs",
        (
            PlannedModule(
                "multiplikator-rolle",
                "Rolle und Haltung in der Vereinsberatung",
                12,
                "Was Beratung leistet, wo ihre Grenzen liegen und wann eine Fachperson gefragt ist.",
            ),
            PlannedModule(
                "multiplikator-beratung",
                "Das Beratungsgespräch",
                16,
                "Zuhören, Fragen stellen, gemeinsam Lösungen finden und Vereinbarungen festhalten.",
            ),
            PlannedModule(
                "multiplikator-workshop",
                "Workshops gestalten",
                16,
                "Einen Workshop planen, leiten und auswerten, der zu den Teilnehmenden passt.",
            ),
            PlannedModule(
                "multiplikator-vielfalt",
                "Konflikt und Vielfalt",
                12,
                "Konflikte verstehen und in Gruppen mit vielen Sprachen und Erfahrungen gut arbeiten.",
            ),
            PlannedModule(
                "multiplikator-praxis",
                "Praxis mit Begleitung",
                16,
                "Einen Verein beraten, einen Workshop halten und beides mit Begleitung auswerten.",
            ),
            PlannedModule(
                "multiplikator-kolloquium",
                "Kolloquium",
                8,
                "Die eigene Beratungsarbeit vorstellen und im Gespräch begründen.",
            ),
        ),
    ),
)
