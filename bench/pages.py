"""Which pages and JSON calls are measured, found by following links as the people who use them."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bench.people import Visitor
from shared.contracts.services import Service


@dataclass(frozen=True)
class Page:
    """One page or call: what it is, which service answers, where it lies, and who asks."""

    name: str
    service: Service
    path: str
    visitor: Visitor


class NotFound(Exception):
    """The demo programme has nothing of the kind."""


def link_on(visitor: Visitor, page: str, pattern: str) -> str:
    """The first link of a page that fits. Raises NotFound."""
    found = re.search(rf'href="({pattern})"', visitor.get(page))
    if found is None:
        raise NotFound(f"{pattern} on {page}")
    return found[1].replace("&amp;", "&")


def main_pages(
    nobody: Visitor, learner: Visitor, certified: Visitor, trainer: Visitor, office: Visitor
) -> Iterator[Page]:
    """The pages that people see most, and the calls that programs make."""
    uuid = "[0-9a-f-]{36}"
    run = link_on(nobody, "/runs", rf"/runs/{uuid}")
    study = link_on(learner, "/coursework/", rf"/coursework/runs/{uuid}")
    certificate = link_on(certified, "/certification/", r"/certification/certificates/[A-Z0-9-]+")
    number = certificate.rpartition("/")[2]
    enrollment, coursework, certification = Service
    yield Page("sign-in", enrollment, "/sign-in", nobody)
    yield Page("home, nobody", enrollment, "/", nobody)
    yield Page("home, learner", enrollment, "/", learner)
    yield Page("courses", enrollment, "/runs", nobody)
    yield Page("one course", enrollment, run, learner)
    yield Page("my courses", enrollment, "/my/courses", learner)
    yield Page("learning", coursework, study, learner)
    yield Page("lesson", coursework, link_on(learner, study, r"/coursework/[^\"]*materials/[^\"]+"), learner)
    yield Page("quiz", coursework, link_on(learner, study, r"/coursework/runs/[^\"]*/quiz/[^\"]+"), learner)
    yield Page("assignment", coursework, link_on(learner, study, r"/coursework/runs/[^\"]*/assignment/[^\"]+"), learner)
    yield Page("grading queue", coursework, "/coursework/queue", trainer)
    yield Page("certificate", certification, certificate, certified)
    yield Page("check a number", certification, f"/v/{number}", nobody)
    yield Page("office", enrollment, "/office", office)
    yield Page("office: people", enrollment, "/office/people", office)
    yield Page("office: certificates", certification, "/certification/office/certificates", office)
    yield Page("JSON me", enrollment, "/api/enrollment/v1/me", learner)
    yield Page("JSON runs", enrollment, "/api/enrollment/v1/runs", nobody)
    yield Page("JSON progress", coursework, f"/api/coursework/v1{study.removeprefix('/coursework')}/progress", learner)
    yield Page("JSON queue", coursework, "/api/coursework/v1/queue", trainer)
    yield Page("JSON certificates", certification, "/api/certification/v1/certificates", certified)
    yield Page("JSON verification", certification, f"/api/certification/v1/verifications/{number}", nobody)
