"""The three OpenAPI documents, and every operation in them called with values of all kinds, as several people."""

from collections.abc import Iterator
from typing import Any

import jsonschema_rs
import pytest
import schemathesis
import sqlalchemy as sa
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
)

from shared.contracts.services import Service
from tests.support import identities
from tests.support.demo import DemoProgramme
from tests.support.service import ServiceUnderTest

CHECKS = [
    not_a_server_error,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = 6

#: Where a path's variable part can have a value that exists: ids that the person called `:person` may see, if any.
EXISTING = {
    Service.ENROLLMENT: {
        "run_id": "SELECT id FROM run LIMIT 4",
        "association_id": "SELECT association_id FROM membership ORDER BY person_id = :person DESC LIMIT 3",
        "place_id": "SELECT id FROM place ORDER BY person_id = :person DESC LIMIT 3",
    },
    Service.COURSEWORK: {
        "run_id": "SELECT run_id FROM place_copy ORDER BY person_id = :person DESC LIMIT 2",
        "module_code": "SELECT code FROM module_copy LIMIT 8",
        "attempt_id": (
            "SELECT attempt.id FROM attempt JOIN place_copy USING (place_id) ORDER BY person_id = :person DESC LIMIT 3"
        ),
        "question_id": "SELECT id FROM question LIMIT 5",
        "upload_id": "SELECT id FROM upload LIMIT 3",
    },
    Service.CERTIFICATION: {
        "number": "SELECT number FROM certificate LIMIT 3",
        "association_id": "SELECT association_id FROM association_copy LIMIT 3",
    },
}


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest, demo: DemoProgramme) -> Iterator[ServiceUnderTest]:
    with demo.service(request.param) as under_test:
        yield under_test


def document_of(service: ServiceUnderTest) -> dict[str, Any]:
    answer = service.client().get(f"/api/{service.resources.settings.service}/v1/openapi.json")
    assert answer.status_code == 200
    document: dict[str, Any] = answer.get_json()
    return document


def operations_of(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if method in ("get", "post", "put", "patch", "delete"):
                yield f"{method.upper()} {path}", operation


def test_the_document_is_valid_and_says_what_each_operation_does(service: ServiceUnderTest) -> None:
    document = document_of(service)
    assert document["openapi"] == "3.1.0"
    for schema in document["components"]["schemas"].values():
        jsonschema_rs.validator_for(schema | {"components": document["components"]})
    operations = dict(operations_of(document))
    assert operations
    assert not [name for name, operation in operations.items() if len(operation.get("summary", "")) < 10]
    for name, operation in operations.items():
        assert operation["security"] or "401" not in operation["responses"], name
        for status, answer in operation["responses"].items():
            assert status == "default" or answer, (name, status)


def test_the_same_can_be_read_on_a_page(service: ServiceUnderTest) -> None:
    name = service.resources.settings.service
    words = service.client().words(f"/api/{name}/v1/")
    for operation in document_of(service)["paths"]:
        assert operation in words


@pytest.mark.parametrize("who", ["nobody", "kurs", "buero"])
def test_every_call_answers_as_the_document_says(demo: DemoProgramme, service: ServiceUnderTest, who: str) -> None:
    name = service.resources.settings.service
    person_id = demo.people.get(who)
    existing = _existing(service, person_id)
    schema = schemathesis.openapi.from_wsgi(f"/api/{name}/v1/openapi.json", service.app)
    cookies = {"memo_identity": identities.token(person_id, session_version=1_000_000)} if person_id else {}
    faults = []
    for found in schema.get_all_operations():
        fault = call_with_everything(found.ok(), existing=existing, cookies=cookies)
        faults += [fault] if fault else []
    assert not faults, "\n\n".join(faults)


def call_with_everything(operation: Any, *, existing: dict[str, list[Any]], cookies: dict[str, str]) -> str | None:
    """What is wrong with an operation, or None."""
    documented = set(operation.schema.raw_schema["paths"][operation.path][operation.method]["responses"])
    modes = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

    @settings(
        max_examples=EXAMPLES,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=modes, data=st.data())
    def call(case: Any, data: st.DataObject) -> None:
        for variable in case.path_parameters or {}:
            if existing.get(variable) and data.draw(st.integers(0, 3)):
                case.path_parameters[variable] = data.draw(st.sampled_from(existing[variable]))
        response = case.call(cookies=cookies)
        case.validate_response(response, checks=CHECKS)
        assert str(response.status_code) in documented, f"{response.status_code} is not documented: {response.text}"

    try:
        call()
    except (Exception, FailureGroup) as error:
        details = getattr(error, "exceptions", None) or [error]
        notes = " ".join(getattr(error, "__notes__", []))
        return f"{operation.label}\n" + "\n".join(f"  {type(d).__name__}: {str(d)[:700]}" for d in details) + notes
    return None


def _existing(service: ServiceUnderTest, person_id: Any) -> dict[str, list[Any]]:
    values = {"person": person_id}
    with service.transaction() as session:
        return {
            variable: [str(value) for value in session.scalars(sa.text(query), values if ":person" in query else {})]
            for variable, query in EXISTING[service.resources.settings.service].items()
        }
