"""Every form that somebody can reach, filled in by somebody who means no good or has a bad day.

The forms are found by walking through the loaded demo programme as each of its roles. A new form is fuzzed from its
first day, and a form that nobody can reach any more is named.
"""

import html
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import html5lib
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict
from werkzeug.test import TestResponse

from shared.contracts.services import Service
from tests.support.crawl import FoundForm, Walk, values_in, walk
from tests.support.demo import DemoProgramme
from tests.support.routes import example_of
from tests.support.service import CheckedClient, ServiceUnderTest

ANSWERS = {200, 201, 204, 303, 403, 404, 409, 410, 413, 422, 429}
EXAMPLES = 10
EXAMPLES_OF_PARTS = {
    "code": "x",
    "secret": "x",
    "typed": "x",
    "number": "x",
    "key": "x",
    "module_code": "x",
    "level_code": "x",
}
FEW = ("nobody", "kurs", "trainerin", "buero")
FIELD_NAMES = ("name", "code", "state", "reason", "note", "next", "version", "words", "file", "q-1", "submit", "member")
MOST_STATEMENTS = 25

NASTY = [
    "",
    " ",
    "x" * 5_000,
    "ä" * 100_000,
    "\x00",
    "Ada\x00Lovelace",
    "\x1b[31mrot\x07",
    "\u202eabc\u2066",
    "\ufeff\u200b",
    "a\r\nSet-Cookie: x=1",
    "' OR 1=1; DROP TABLE person; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }} %s %d 100% ${x}",
    "../../etc/passwd",
    "-1",
    "0",
    "3000000000",
    "99999999999999999999999",
    "9" * 5_000,
    "1e309",
    "NaN",
    "12,5",
    "٣",
    "0001-01-01",
    "9999-12-31",
    "10000-01-01",
    "2026-02-30",
    "2026-11-23T25:61",
    "25:61",
    "true",
    "null",
    "[]",
    "0190e5a0-0000-7000-8000-000000000001",
    "not-a-uuid",
    "de",
    "//evil.example",
    "👩‍👩‍👧‍👦" * 50,
    "e\u0301" * 60,
]


def filled_in(form: FoundForm) -> st.SearchStrategy[MultiDict[str, str]]:
    """The form with some fields as they were, some nasty, some missing, some sent several times, some unknown."""
    by_name: dict[str, list[str]] = {}
    for name, value in form.fields:
        by_name.setdefault(name, []).append(value)

    def values(shown: list[str]) -> st.SearchStrategy[list[str]]:
        one = st.one_of(st.sampled_from(shown), st.sampled_from(NASTY), st.text(max_size=40).map(_sendable))
        return st.one_of(one.map(lambda value: [value]), st.lists(one, max_size=3))

    known = st.fixed_dictionaries({name: values(shown) for name, shown in by_name.items()})
    extra = st.dictionaries(
        st.sampled_from(["id", "role", "is_admin", "next", "__proto__", ""]), values(["x"]), max_size=1
    )
    return st.tuples(known, extra).map(lambda both: MultiDict(both[0] | both[1]))


def _sendable(text: str) -> str:
    """What a browser can send at all: lone surrogates become question marks there."""
    return text.encode("utf-8", "replace").decode()


@dataclass(frozen=True)
class Walked:
    """A service with the demo programme, and what nobody and each role could see of it."""

    service: ServiceUnderTest
    walks: list[tuple[str, CheckedClient, Walk]]


@pytest.fixture(scope="module", params=list(Service))
def walked(request: pytest.FixtureRequest, demo: DemoProgramme) -> Iterator[Walked]:
    """Whoever signs out everywhere while forms are tried stays signed in, thanks to a high session version."""
    with demo.service(request.param) as service:
        clients = [("nobody", service.client())]
        clients += [(who, service.client_of(p, session_version=1_000_000)) for who, p in demo.people.items()]
        yield Walked(service, [(who, client, walk(service, client)) for who, client in clients])


def test_no_link_leads_nowhere(walked: Walked) -> None:
    assert not [(who, dead) for who, _, seen in walked.walks for dead in seen.dead_links]


def test_no_page_asks_the_database_once_per_row(walked: Walked) -> None:
    asked = {(who, path): count for who, _, seen in walked.walks for path, count in seen.pages.items()}
    assert not {page: count for page, count in asked.items() if count > MOST_STATEMENTS}


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_no_form_breaks_whatever_is_typed(walked: Walked) -> None:
    found: dict[Any, tuple[CheckedClient, FoundForm]] = {}
    for _, client, seen in walked.walks:
        for key, form in seen.forms.items():
            found.setdefault(key, (client, form))
    forms = sorted(found.values(), key=lambda entry: _ends_something(entry[1]))
    faults = [fault for client, form in forms if (fault := fuzz(client, form))]
    assert not faults, "\n\n".join(faults)


@pytest.mark.filterwarnings("ignore:Generating overly large repr")
def test_no_address_of_a_form_breaks_without_its_form(walked: Walked) -> None:
    reached = {endpoint for _, _, seen in walked.walks for endpoint, _ in seen.forms}
    faults = []
    for form in unseen_forms(walked, reached):
        for who, client, _ in (entry for entry in walked.walks if entry[0] in FEW):
            if fault := fuzz(client, form, examples=3):
                faults.append(f"{who}: {fault}")
                break
    assert not faults, "\n\n".join(faults)


def unseen_forms(walked: Walked, reached: set[str]) -> Iterator[FoundForm]:
    """The addresses whose forms stand on no page of the demo programme, with ids that exist and names that forms use.

    Some are sent by scripts as JSON, some appear only in states that last for minutes.
    """
    app = walked.service.app
    paths = {form.action for _, _, seen in walked.walks for form in seen.forms.values()}
    known = values_in(app, paths | {path for _, _, seen in walked.walks for path in seen.pages})
    for rule in app.url_map.iter_rules():
        if "POST" not in (rule.methods or ()) or rule.endpoint in reached or rule.rule.startswith("/api/"):
            continue
        values = {
            name: min(known.get(name) or {EXAMPLES_OF_PARTS.get(name) or example_of(converter)}, key=str)
            for name, converter in rule._converters.items()
        }
        with app.test_request_context():
            action = rule.build(values)[1]
        fields = tuple((name, "x") for name in FIELD_NAMES)
        yield FoundForm(rule.endpoint, action, fields, tuple((name, "hidden") for name in FIELD_NAMES))


def _ends_something(form: FoundForm) -> tuple[bool, str]:
    """Forms after which there is nobody left to fuzz the others come last."""
    return any(
        word in form.action for word in ("close", "sign-out", "cancel", "leave", "remove", "revoke", "/end")
    ), form.action


def fuzz(client: CheckedClient, form: FoundForm, *, examples: int = EXAMPLES) -> str | None:
    """What goes wrong with a form, as a sentence with the shortest values that show it; None where nothing does."""

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(filled_in(form))
    def send(data: MultiDict[str, str]) -> None:
        try:
            answer = client.post(form.action, data=data)
            assert answer.status_code in _answers(form), f"answered {answer.status_code}"
            if answer.status_code == 422 and answer.mimetype == "text/html":
                assert_kept(answer, form, data)
        except Exception as error:
            error.add_note("; ".join(f"{name}={value[:60]!r}" for name, value in data.items(multi=True)))
            raise

    try:
        send()
    except Exception as error:
        return f"{form.endpoint} {form.action}\n{type(error).__name__}: {str(error)[:600]}\n{_place(error)}"
    return None


def _answers(form: FoundForm) -> set[int]:
    """A form that nobody types into can only be wrong by being tampered with; then a plain refusal is enough."""
    is_typed_into = any(kind not in ("hidden", "submit", "button") for _, kind in form.kinds)
    return ANSWERS if is_typed_into else ANSWERS | {400, 415}


def assert_kept(answer: TestResponse, form: FoundForm, data: MultiDict[str, str]) -> None:
    """What was typed into a text field stands there again, unless it is a password or can't be shown."""
    shown = _shown(answer.text)
    for name, kind in form.kinds:
        typed = data.getlist(name)
        if kind not in ("text", "email", "search", "tel", "textarea", "date", "number") or len(typed) != 1:
            continue
        plain = typed[0].strip()
        if name in shown and plain and plain.isprintable() and len(plain) < 1_000:
            assert plain in shown[name], f"{name}: {plain!r} was typed, {shown[name]!r} is shown"


def _shown(page: str) -> dict[str, list[str]]:
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    shown: dict[str, list[str]] = {}
    for element in tree.iter():
        name = element.get("name") if element.tag in ("input", "textarea") else None
        if name:
            value = element.get("value") if element.tag == "input" else "".join(element.itertext())
            shown.setdefault(name, []).append(html.unescape(value or "").strip())
    return shown


def _place(error: BaseException) -> str:
    """Where in our code it happened."""
    trace, places = error.__traceback__, []
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if "/services/" in file or "/shared/" in file:
            places.append(f"  {file.partition('/main/')[2] or file}:{trace.tb_lineno} {trace.tb_frame.f_code.co_name}")
        trace = trace.tb_next
    notes = [str(note) for note in getattr(error, "__notes__", [])]
    return "\n".join([*places[-6:], *notes])[:3000]
