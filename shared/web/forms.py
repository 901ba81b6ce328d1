"""A form that was sent, or is about to be: what was typed is kept, whatever becomes of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

from flask import flash, redirect, render_template, request
from marshmallow import EXCLUDE, Schema, ValidationError
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from shared.kernel.errors import DomainError, NotFound, NotPermitted, SecondFactorNeeded
from shared.web.context import transaction, web_service
from shared.web.fields import is_storable
from shared.web.sentences import sentence_of, spoken

_NOT_SHOWABLE = "\N{REPLACEMENT CHARACTER}"

#: Errors that belong to no field, in `errors`.
WHOLE_FORM = "_form"

#: What a view of a page with a form answers.
Answer = str | Response | tuple[str, int]
Done = TypeVar("Done")


class Form:
    """What was typed (`raw`), what it means (`values`, once `valid`), and what is wrong with it (`errors`)."""

    def __init__(self, schema: Schema, raw: dict[str, Any]) -> None:
        self.schema = schema
        self.raw = raw
        self.values: dict[str, Any] = {}
        self.errors: dict[str, list[str]] = {}

    @classmethod
    def empty(cls, schema: Schema, **initial: Any) -> "Form":
        """A form to be filled in, with what is known already."""
        return cls(schema, {name: value for name, value in initial.items() if value is not None})

    @classmethod
    def submitted(cls, schema: Schema) -> "Form":
        """The form of this request. A field of the schema that holds a list keeps all values sent under its name."""
        raw: dict[str, Any] = {}
        for name in request.form:
            values = [value.strip() if "password" not in name else value for value in request.form.getlist(name)]
            raw[name] = values if _is_list(schema, name) else values[-1]
        form = cls(schema, raw)
        form._load()
        form.raw = {name: _showable(value) for name, value in raw.items()}
        return form

    def _load(self) -> None:
        given = {name: value for name, value in self.raw.items() if value != ""}
        try:
            self.values = self.schema.load(given, unknown=EXCLUDE)
        except ValidationError as error:
            for field, problems in error.normalized_messages().items():
                self.errors["_form" if field == "_schema" else str(field)] = _flat(problems)

    @property
    def valid(self) -> bool:
        """Whether nothing is wrong (so far)."""
        return not self.errors

    @property
    def summary(self) -> list[tuple[str | None, str]]:
        """Every error as (field or None, sentence), for the summary that links to the fields."""
        return [
            (None if field == WHOLE_FORM else field, sentence)
            for field, sentences in self.errors.items()
            for sentence in sentences
        ]

    def add_error(self, sentence: str, *, field: str | None = None) -> None:
        """Say what is wrong with a field, or with the whole form."""
        self.errors.setdefault(field or WHOLE_FORM, []).append(sentence)

    def refuse(self, error: DomainError) -> None:
        """Say a refusal's sentence at the field that it belongs to."""
        sentences = web_service().sentences
        self.add_error(spoken(error, sentences), field=sentence_of(error, sentences).field)

    @contextmanager
    def catching(self) -> Iterator[None]:
        """Turn a refusal raised inside into an error of the form. What has a page of its own (404, 403) goes on."""
        try:
            yield
        except (NotFound, NotPermitted, SecondFactorNeeded):
            raise
        except DomainError as error:
            self.refuse(error)


def form_page(template: str, form: Form, **facts: Any) -> Answer:
    """The page of a form with these facts; status 422 where something is wrong with what was sent."""
    page = render_template(template, form=form, **facts)
    return page if form.valid else (page, 422)


def take_form(
    schema: Schema,
    act: Callable[[Session, dict[str, Any]], Done],
    *,
    again: Callable[[Form], Answer],
    said: str,
    onward: Callable[[Done], str],
) -> Answer:
    """Do with this request's form what `act` does with its values, in one transaction.

    Then `said` is shown on the page at the address that `onward` gives. Where anything is refused, nothing has changed
    and the page comes `again` with what was typed.
    """
    form = Form.submitted(schema)
    done: list[Done] = []
    if form.valid:
        with form.catching(), transaction() as session:
            done.append(act(session, form.values))
    if not form.valid:
        return again(form)
    flash(said, "success")
    return redirect(onward(done[0]), 303)


def _showable(typed: Any) -> Any:
    """What was typed, with a sign in place of every character that a page cannot hold: a zero byte, half a letter."""
    if isinstance(typed, list):
        return [_showable(value) for value in typed]
    return "".join(letter if is_storable(letter) or letter in "\r\n\t" else _NOT_SHOWABLE for letter in typed)


def _is_list(schema: Schema, name: str) -> bool:
    return type(schema.fields.get(name)).__name__ in ("List", "Tuple")


def _flat(problems: Any) -> list[str]:
    if isinstance(problems, dict):
        return [sentence for nested in problems.values() for sentence in _flat(nested)]
    if isinstance(problems, list):
        return [sentence for nested in problems for sentence in _flat(nested)]
    return [str(problems)]
