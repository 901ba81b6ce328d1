"""Tables of coursework: columns, constraints, indexes, and what personal data each holds."""

from services.coursework.models.assignments import Assignment, Submission, Upload
from services.coursework.models.base import Base
from services.coursework.models.gradings import Grading
from services.coursework.models.materials import GlossaryTerm, Material, MaterialReading, MaterialVersion, ModuleContent
from services.coursework.models.people import PersonCopy
from services.coursework.models.places import PlaceCopy
from services.coursework.models.quizzes import Answer, Attempt, QuestionRow, Quiz, QuizVersion
from services.coursework.models.results import LevelResult
from services.coursework.models.rules import RulesVersion
from services.coursework.models.runs import LevelCopy, ModuleCopy, RunCopy

__all__ = [
    "Answer",
    "Assignment",
    "Attempt",
    "Base",
    "GlossaryTerm",
    "Grading",
    "LevelCopy",
    "LevelResult",
    "Material",
    "MaterialReading",
    "MaterialVersion",
    "ModuleContent",
    "ModuleCopy",
    "PersonCopy",
    "PlaceCopy",
    "QuestionRow",
    "Quiz",
    "QuizVersion",
    "RulesVersion",
    "RunCopy",
    "Submission",
    "Upload",
]
