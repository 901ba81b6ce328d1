"""The main job of one person by plain requests, each step safe to repeat."""

import json
from typing import Any

from shared.devkit.runner.layout import ROOT
from tests.support.visitor import Visitor, all_in, insist, wait_until

_CONTENT = ROOT / "services" / "coursework" / "seed"


class Learner:
    """Somebody new on the way through one course."""

    def __init__(self, visitor: Visitor, *, full_name: str, run_id: str) -> None:
        self.visitor = visitor
        self.full_name = full_name
        self.run_id = run_id
        self._course = f"/coursework/runs/{run_id}"

    def join(self, invite_code: str) -> None:
        """An account and a membership."""

        def is_signed_in() -> bool:
            self.visitor.get("/my/courses")
            return "/sign-in" not in self.visitor.url

        values = [("full_name", self.full_name), ("email", ""), ("password", "")]
        insist(is_signed_in, lambda: self.visitor.post(f"/join/{invite_code}", values), "joining")

    def take_place(self) -> None:
        """A confirmed place."""

        def ask() -> None:
            found = all_in(self.visitor.get(f"/runs/{self.run_id}"), r'name="association_id" value="([^"]+)"')
            self.visitor.post(f"/runs/{self.run_id}/places", [("association_id", value) for value in found])

        insist(lambda: self._course in self.visitor.get(f"/runs/{self.run_id}"), ask, "the place")

    def modules(self) -> list[str]:
        """The modules with a quiz, as soon as coursework knows of the place."""
        wait_until(lambda: "/quiz/" in self.visitor.get(self._course), "the coursework")
        return all_in(self.visitor.get(self._course), rf'{self._course}/quiz/([\w-]+)"')

    def pass_quiz(self, module_code: str) -> None:
        """Every answer right."""
        path = f"{self._course}/quiz/{module_code}"
        insist(lambda: "notice--success" in self.visitor.get(path), lambda: self._answer(path, module_code), path)

    def _answer(self, path: str, module_code: str) -> None:
        self.visitor.post(path)
        attempt = self.visitor.url.partition("?")[0]
        questions = json.loads((_CONTENT / module_code / "quiz.json").read_text(encoding="utf-8"))["questions"]
        self.visitor.post(attempt, [value for n, q in enumerate(questions, 1) for value in _right(n, q)])
        self.visitor.post(f"{attempt}/submit")

    def hand_in(self, module_code: str) -> None:
        """A text for the module's assignment."""
        path = f"{self._course}/assignment/{module_code}"
        note = [("note", f"Mein Text zu {module_code}.")]

        def act() -> None:
            self.visitor.post(f"{path}/note", note)
            [address] = all_in(self.visitor.get(path), r'formaction="([^"]+/hand-in)"')
            self.visitor.post(address, note)

        insist(lambda: "/coursework/submissions/" in self._rounds(path), act, path)

    def _rounds(self, path: str) -> str:
        """The page without the address under which a draft would be handed in."""
        return "".join(line for line in self.visitor.get(path).splitlines() if "/hand-in" not in line)

    def certificates(self) -> list[str]:
        """The numbers of all certificates that the person has."""
        return all_in(self.visitor.get("/certification/"), r'/certification/certificates/([\w-]+)"')


def _right(position: int, question: dict[str, Any]) -> list[tuple[str, str]]:
    if question["kind"] == "number":
        return [(f"q{position}", str(question["answer"]).replace(".", ","))]
    return [(f"q{position}", option["key"]) for option in question["options"] if option["is_correct"]]
