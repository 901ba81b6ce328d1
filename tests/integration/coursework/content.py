"""A small quiz and an assignment for each module of a level, and the right answers."""

from typing import Any

LEVEL = "grundkurs"
MODULES = ("grundkurs-recht", "grundkurs-geld")
QUIZ: dict[str, Any] = {
    "title": "Ein kleines Quiz",
    "questions": [
        {
            "kind": "single",
            "prompt": "Wodurch wird ein Verein rechtsfähig?",
            "options": [
                {"key": "a", "text": "Durch ein Konto", "is_correct": False, "feedback": "Das Konto kommt später."},
                {"key": "b", "text": "Durch die Eintragung", "is_correct": True, "feedback": "Genau."},
            ],
            "explanation": "Die Eintragung macht ihn rechtsfähig.",
        },
        {
            "kind": "multiple",
            "prompt": "Was muss in der Satzung stehen?",
            "options": [
                {"key": "a", "text": "Der Zweck", "is_correct": True},
                {"key": "b", "text": "Der Name", "is_correct": True},
                {"key": "c", "text": "Alle Mitglieder", "is_correct": False},
            ],
            "explanation": "Zweck und Name.",
        },
        {
            "kind": "true_false",
            "prompt": "Der Vorstand darf mit der Kasse spielen.",
            "options": [
                {"key": "true", "text": "Richtig", "is_correct": False},
                {"key": "false", "text": "Falsch", "is_correct": True},
            ],
            "explanation": "Nein.",
        },
        {"kind": "number", "prompt": "Wie viele Mitglieder sollen es sein?", "answer": 7, "explanation": "Sieben."},
    ],
}
ASSIGNMENT: dict[str, Any] = {
    "title": "Steckbrief",
    "task": "## Aufgabe\n\nSchreiben Sie eine Seite.",
    "expected_minutes": 30,
    "rubric": [
        {
            "key": "facts",
            "title": "Angaben",
            "description": "Stimmt alles?",
            "levels": [{"key": "low", "points": 0, "text": "Nein"}, {"key": "high", "points": 2, "text": "Ja"}],
        },
        {
            "key": "reason",
            "title": "Begründung",
            "levels": [{"key": "low", "points": 1, "text": "Kurz"}, {"key": "high", "points": 3, "text": "Gut"}],
        },
    ],
    "pass_points": 3,
}
#: The right answers to QUIZ, as the form sends them.
RIGHT = {"q1": "b", "q2": ["a", "b"], "q3": "false", "q4": "7"}
