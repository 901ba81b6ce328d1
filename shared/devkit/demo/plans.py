"""The course runs of the demo programme: where, when, with whom, and how far they have come."""

from dataclasses import dataclass, field
from enum import StrEnum

GRUNDKURS = "grundkurs"
AUFBAUKURS = "aufbaukurs"
MULTIPLIKATOR = "multiplikator"

#: Modules in their order; the codes are those of the programme's catalogue.
MODULES: dict[str, tuple[str, ...]] = {
    GRUNDKURS: tuple(
        f"grundkurs-{name}"
        for name in ("vereinsrecht", "satzung", "gemeinnuetzigkeit", "buchfuehrung", "projekt", "mitglieder")
    ),
    AUFBAUKURS: tuple(
        f"aufbaukurs-{name}"
        for name in (
            "foerderantrag",
            "finanzierungsplan",
            "verwendungsnachweis",
            "fundraising",
            "oeffentlichkeit",
            "jugend",
        )
    ),
    MULTIPLIKATOR: tuple(
        f"multiplikator-{name}" for name in ("rolle", "beratung", "workshop", "vielfalt", "praxis", "kolloquium")
    ),
}


class Ending(StrEnum):
    """How far a run is to be brought."""

    DRAFT = "draft"
    PUBLISHED = "published"
    RUNNING = "running"
    FINISHED = "finished"
    CANCELLED = "cancelled"


class Work(StrEnum):
    """What somebody has done of the coursework of a run."""

    NOTHING = "nothing"
    BEGUN = "begun"  # a quiz passed, one open, a draft
    WAITING = "waiting"  # everything handed in, some of it not graded yet
    RETURNED = "returned"  # one piece of work has come back for another round
    ALL = "all"  # passed


@dataclass(frozen=True)
class RunPlan:
    """One run. `first_week` is the week of its first Saturday, counted from the present one.

    `people` are keys of shared.devkit.demo.names with what they have done of the coursework; `away` says in which
    workshops (from 0) somebody was missing; `waiting` asked when the run was full, and `left` gave the seat back last.
    """

    key: str
    level_code: str
    title: str
    town: str
    first_week: int
    ending: Ending
    trainers: tuple[str, ...] = ()
    people: dict[str, Work] = field(default_factory=dict)
    away: dict[str, tuple[int, ...]] = field(default_factory=dict)
    waiting: tuple[str, ...] = ()
    left: str | None = None
    capacity: int = 16
    seats_per_association: int = 3
    language_notes: str = "Unterricht auf Deutsch in einfachen Sätzen."


RUNS: tuple[RunPlan, ...] = (
    RunPlan(
        "heidelberg-grund",
        GRUNDKURS,
        "Grundkurs Heidelberg im Sommer",
        "Heidelberg",
        -18,
        Ending.FINISHED,
        trainers=("trainer.leyla", "trainer.eleni"),
        people={
            **dict.fromkeys(("minh", "lin", "eirini", "zsofia", "mariam", "priya"), Work.ALL),
            "khaled": Work.BEGUN,
        },
        away={"khaled": (2, 3, 4, 5), "priya": (4,), "eirini": (1,)},
        language_notes="Unterricht auf Deutsch; Fragen gern auch auf Englisch oder Arabisch.",
    ),
    RunPlan(
        "reutlingen-grund",
        GRUNDKURS,
        "Grundkurs Reutlingen im Herbst",
        "Reutlingen",
        -9,
        Ending.FINISHED,
        trainers=("trainer.carolin", "trainer.dursun"),
        people={**dict.fromkeys(("samir", "thi_mai", "vjosa", "ismail"), Work.ALL), "kwame": Work.RETURNED},
        away={"samir": (3,), "kwame": (0,)},
        language_notes="Unterricht auf Deutsch; eine Dolmetscherin für Türkisch ist dabei.",
    ),
    RunPlan(
        "freiburg-grund",
        GRUNDKURS,
        "Grundkurs Freiburg am Samstag",
        "Freiburg im Breisgau",
        -3,
        Ending.RUNNING,
        trainers=("trainer.patrice", "trainer.svetlana"),
        people={
            "natalia": Work.BEGUN,
            "mamadou": Work.BEGUN,
            "aissatou": Work.WAITING,
            "rojda": Work.BEGUN,
            "azad": Work.NOTHING,
            "omid": Work.BEGUN,
            "theodora": Work.NOTHING,
        },
        away={"azad": (1,), "theodora": (0,)},
        language_notes="Unterricht auf Deutsch; Französisch und Dari werden gesprochen. Mit Kinderbetreuung.",
    ),
    RunPlan(
        "heilbronn-grund",
        GRUNDKURS,
        "Grundkurs Heilbronn",
        "Heilbronn",
        -5,
        Ending.RUNNING,
        trainers=("trainer.leyla", "trainer.uwe"),
        people={
            **dict.fromkeys(("carmen", "pawel", "chiamaka", "jelena"), Work.WAITING),
            "hueseyin": Work.RETURNED,
            "rustam": Work.BEGUN,
            "wolete": Work.NOTHING,
        },
        away={"wolete": (0, 1), "rustam": (2,)},
    ),
    RunPlan(
        "friedrichshafen-grund",
        GRUNDKURS,
        "Grundkurs Friedrichshafen im Herbst",
        "Friedrichshafen",
        1,
        Ending.CANCELLED,
        trainers=("trainer.konrad",),
        people=dict.fromkeys(("tomasz", "wanjiru"), Work.NOTHING),
    ),
    RunPlan(
        "ravensburg-grund",
        GRUNDKURS,
        "Grundkurs Ravensburg",
        "Ravensburg",
        4,
        Ending.PUBLISHED,
        trainers=("trainer.konrad", "trainer.svetlana"),
        people=dict.fromkeys(("sibel", "oleksandra", "marek", "radu", "tomasz", "wanjiru", "fatuma"), Work.NOTHING),
        language_notes="Unterricht auf Deutsch; Ukrainisch und Türkisch werden gesprochen. Mit Kinderbetreuung.",
    ),
    RunPlan(
        "tuebingen-grund",
        GRUNDKURS,
        "Grundkurs Tübingen",
        "Tübingen",
        5,
        Ending.PUBLISHED,
        trainers=("trainer.carolin",),
        people=dict.fromkeys(("milica", "rosa", "dimitris", "besnik"), Work.NOTHING),
    ),
    RunPlan(
        "mannheim-grund",
        GRUNDKURS,
        "Grundkurs Mannheim",
        "Mannheim",
        3,
        Ending.PUBLISHED,
        trainers=("trainer.eleni",),
        people=dict.fromkeys(("bence", "farhad", "arjun", "agnieszka", "hayat"), Work.NOTHING),
        language_notes="Unterricht auf Deutsch in einfachen Sätzen; Arabisch und Englisch werden gesprochen.",
    ),
    RunPlan(
        "offenburg-grund",
        GRUNDKURS,
        "Grundkurs Offenburg",
        "Offenburg",
        2,
        Ending.PUBLISHED,
        trainers=("trainer.patrice",),
        people=dict.fromkeys(("paulo", "luciana", "viktor", "sumaya", "ubah", "yusuf"), Work.NOTHING),
        waiting=("gulnara", "nikola", "diego"),
        left="viktor",
        capacity=6,
    ),
    RunPlan("singen-grund", GRUNDKURS, "Grundkurs Singen im Frühjahr", "Singen", 12, Ending.DRAFT),
    RunPlan(
        "mannheim-aufbau",
        AUFBAUKURS,
        "Aufbaukurs Mannheim",
        "Mannheim",
        -8,
        Ending.FINISHED,
        trainers=("trainer.eleni", "trainer.leyla"),
        people={**dict.fromkeys(("minh", "lin", "zsofia", "eirini"), Work.ALL), "priya": Work.WAITING},
        away={"eirini": (2,), "priya": (0, 5)},
    ),
    RunPlan(
        "heilbronn-aufbau",
        AUFBAUKURS,
        "Aufbaukurs Heilbronn",
        "Heilbronn",
        6,
        Ending.PUBLISHED,
        trainers=("trainer.uwe",),
        people=dict.fromkeys(("mariam", "samir", "vjosa"), Work.NOTHING),
    ),
    RunPlan(
        "heidelberg-multiplikator",
        MULTIPLIKATOR,
        "Ausbildung zum Multiplikator Rhein-Neckar",
        "Heidelberg",
        -2,
        Ending.RUNNING,
        trainers=("trainer.leyla", "trainer.svetlana"),
        people={"zsofia": Work.BEGUN, "lin": Work.NOTHING},
        capacity=12,
        language_notes="Unterricht auf Deutsch, Niveau B2 bis C1.",
    ),
)

#: The region of each town in which there is a run.
REGION_OF_TOWN: dict[str, str] = {
    "Heidelberg": "rhein-neckar",
    "Mannheim": "rhein-neckar",
    "Reutlingen": "neckar-alb",
    "Tübingen": "neckar-alb",
    "Freiburg im Breisgau": "freiburg",
    "Offenburg": "freiburg",
    "Heilbronn": "heilbronn",
    "Friedrichshafen": "bodensee-oberschwaben",
    "Ravensburg": "bodensee-oberschwaben",
    "Singen": "bodensee-oberschwaben",
}

#: Certificates that the office has taken back: person, level, reason (a word of certification), note of the office.
REVOCATIONS: tuple[tuple[str, str, str, str], ...] = (
    (
        "ismail",
        GRUNDKURS,
        "issued_in_error",
        "Die Anwesenheitsliste vom dritten Termin gehörte zu einem anderen Kurs. Nachholtermin ist vereinbart.",
    ),
)
