"""What the invented learners have written and what their trainers have answered, module by module."""

from typing import Any

#: Hand-ins for the assignments.
NOTES: dict[str, str] = {
    "grundkurs-vereinsrecht": (
        "Unser Verein ist seit 2016 im Register eingetragen. Zweck in eigenen Worten: Wir bringen Menschen aus der "
        "Nachbarschaft beim Kochen zusammen und helfen Neuen, sich zurechtzufinden.\n\nVertretung: Zwei Mitglieder des "
        "Vorstands unterschreiben gemeinsam (§ 9 der Satzung).\n\nSchutz: Der Vorstand hält jeden Beschluss über Geld "
        "schriftlich fest. So kann er später zeigen, dass er sorgfältig gehandelt hat (§ 31a BGB)."
    ),
    "grundkurs-satzung": (
        "Einladung zur Mitgliederversammlung am 14. März, 18 Uhr. Tagesordnung: 1. Begrüßung, 2. Bericht des "
        "Vorstands, 3. Kassenbericht, 4. Entlastung, 5. Änderung von § 4 der Satzung (Beitrag), 6. Verschiedenes. "
        "Frist nach Satzung: drei Wochen, Versand per Brief und E-Mail."
    ),
    "grundkurs-gemeinnuetzigkeit": (
        "Unser Sommerfest: Spenden und Beiträge gehören zum ideellen Bereich, der Getränkeverkauf zum wirtschaftlichen "
        "Geschäftsbetrieb, der Eintritt zum Konzert zum Zweckbetrieb. Zinsen hatten wir keine."
    ),
    "grundkurs-buchfuehrung": (
        "Kassenbuch für den Monat Mai mit elf Belegen, fortlaufend nummeriert. Anfangsbestand 212,40 Euro, Einnahmen "
        "385,00 Euro, Ausgaben 271,15 Euro, Endbestand 326,25 Euro. Beleg 7 ist ein Eigenbeleg."
    ),
    "grundkurs-projekt": (
        "Projekt Leseecke: Bis Ende Juni lesen wir jeden Mittwoch mit zwölf Kindern. Schritte: Raum klären (Januar), "
        "Bücher ausleihen (Februar), Helferinnen einarbeiten (März), Start im April. Kosten: 640 Euro, davon 200 Euro "
        "aus eigenen Mitteln."
    ),
    "grundkurs-mitglieder": (
        "Unsere Liste enthält nur noch Name, Anschrift, E-Mail und Eintrittsdatum. Geburtsdaten haben wir gelöscht. "
        "Für Fotos gibt es ein Blatt zum Ankreuzen, das jedes Mitglied unterschreibt und widerrufen kann."
    ),
    "aufbaukurs-foerderantrag": (
        "Antrag „Nachbarschaft am Herd“: Anlass, Ziele, Zielgruppe, Ablauf in vier Abschnitten, Partner im Stadtteil. "
        "Gesamtkosten 9.800 Euro, beantragt werden 7.800 Euro. Vor der Bewilligung beginnen wir nicht."
    ),
    "multiplikator-praxis": (
        "Beratung am 3. November, 50 Minuten: Ein junger Verein fragt nach der ersten Mitgliederversammlung. Mein "
        "nächster Schritt: Fragen zum Steuerrecht gebe ich an eine Fachperson weiter."
    ),
}
#: For a module without a text of its own.
ANY_NOTE = "Meine Ausarbeitung mit einem Beispiel aus unserem Verein. Offene Frage: Wie machen das kleinere Vereine?"

FEEDBACK_ACCEPTED = (
    "Vielen Dank, das ist klar und vollständig. Ihr Beispiel aus dem Verein macht es anschaulich. Bewahren Sie den "
    "Text auf: Er hilft, wenn der Vorstand wechselt."
)
FEEDBACK_RETURNED = (
    "Sie sind auf einem guten Weg. Bitte ergänzen Sie noch die Stelle in der Satzung und begründen Sie Ihre "
    "Maßnahme in zwei Sätzen. Danach geben Sie einfach noch einmal ab."
)


def _level(key: str, points: int, text: str) -> dict[str, Any]:
    return {"key": key, "points": points, "text": text}


def _rubric(*criteria: tuple[str, str]) -> list[dict[str, Any]]:
    return [
        {
            "key": key,
            "title": title,
            "description": "",
            "levels": [
                _level("missing", 0, "Fehlt oder ist nicht zu verstehen."),
                _level("partly", 1, "In Teilen da, aber noch nicht vollständig."),
                _level("good", 2, "Vollständig und gut zu verstehen."),
            ],
        }
        for key, title in criteria
    ]


#: Assignments of the two upper levels, used where the programme's content has none for the module yet.
ASSIGNMENTS: dict[str, dict[str, Any]] = {
    "aufbaukurs-foerderantrag": {
        "title": "Ein Antrag für Ihren Verein",
        "task": (
            "## Ihre Aufgabe\n\nSchreiben Sie einen Förderantrag von höchstens zwei Seiten für ein Vorhaben Ihres "
            "Vereins: Anlass, Ziele, Zielgruppe, Ablauf, Kosten und Finanzierung. Sagen Sie, welches Programm passt."
        ),
        "rubric": _rubric(("fit", "Passt zum Programm"), ("clarity", "Klar und überprüfbar")),
        "expected_minutes": 90,
    },
    "multiplikator-praxis": {
        "title": "Ein Beratungsgespräch auswerten",
        "task": (
            "## Ihre Aufgabe\n\nBeschreiben Sie ein Beratungsgespräch ohne Namen: Anliegen, Ihr Vorgehen, "
            "Vereinbarung. Wo lag die Grenze zur Rechtsberatung, und was würden Sie beim nächsten Mal anders machen?"
        ),
        "rubric": _rubric(
            ("skills", "Gesprächsführung"), ("limits", "Grenzen der Beratung"), ("insight", "Auswertung")
        ),
        "expected_minutes": 120,
    },
}
