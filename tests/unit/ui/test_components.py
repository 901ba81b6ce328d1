"""What the components put into a page."""

from typing import Any

import pytest
from flask import Flask, render_template_string

from tests.unit.ui.conftest import FakeForm


def rendered(call: str, **values: Any) -> str:
    name = call.split("(", maxsplit=1)[0]
    return render_template_string(f'{{% from "ui/components.html" import {name} %}}{{{{ {call} }}}}', **values)


def test_a_refused_field_says_why_and_is_marked(in_page: Flask) -> None:
    form = FakeForm(raw={"mail": "a@"}, errors={"mail": ["Not an address."]})
    html = rendered('field(form, "mail", "Mail", type="email", hint="Only yours.")', form=form)
    assert 'id="field-mail"' in html
    assert 'aria-invalid="true"' in html
    assert 'aria-describedby="field-mail-hint field-mail-error"' in html
    assert 'value="a@"' in html
    assert "Not an address." in html


def test_the_summary_links_to_each_refused_field(in_page: Flask) -> None:
    html = rendered("error_summary(form)", form=FakeForm(errors={"mail": ["Not an address."], "_form": ["Full."]}))
    assert 'href="#field-mail"' in html


def test_a_form_without_errors_has_no_summary(in_page: Flask) -> None:
    assert rendered("error_summary(form)", form=FakeForm()).strip() == ""


def test_a_typed_password_never_comes_back(in_page: Flask) -> None:
    form = FakeForm(raw={"secret": "hunter2"})
    assert "hunter2" not in rendered('field(form, "secret", "Password", type="password")', form=form)


def test_only_what_may_be_left_out_is_marked(in_page: Flask) -> None:
    assert "(optional)" in rendered('field(none, "name", "Name", required=false)')
    assert "(optional)" not in rendered('field(none, "name", "Name")')


@pytest.mark.parametrize(
    "call",
    [
        'field(form, "x", "Label")',
        'textarea(form, "x", "Label")',
        'select(form, "x", "Label", [("<b>", "One")])',
        'radio_group(form, "x", "Label", [("<b>", "One")])',
        'checkbox_group(form, "x", "Label", [("<b>", "One")])',
    ],
)
def test_what_was_typed_is_escaped(in_page: Flask, call: str) -> None:
    html = rendered(call, form=FakeForm(raw={"x": "<b>"}))
    assert "<b>" not in html
    assert "&lt;b&gt;" in html


def test_choices_come_back_after_a_refusal(in_page: Flask) -> None:
    form = FakeForm(raw={"needs": ["ramp", "children"], "level": "two"}, errors={"name": ["Missing."]})
    boxes = rendered(
        'checkbox_group(form, "needs", "Needs", [("ramp", "R"), ("children", "C"), ("food", "F")])', form=form
    )
    assert boxes.count(" checked") == 2
    radios = rendered('radio_group(form, "level", "Level", [("one", "1"), ("two", "2")])', form=form)
    assert 'value="two" checked' in radios


def test_an_unticked_box_stays_unticked_after_a_refusal(in_page: Flask) -> None:
    form = FakeForm(errors={"name": ["Missing."]})
    assert " checked" not in rendered('checkbox(form, "agree", "I agree", checked=true)', form=form)
    assert " checked" in rendered('checkbox(none, "agree", "I agree", checked=true)')


def test_a_state_is_never_colour_alone(in_page: Flask) -> None:
    html = rendered('tag("Full", "danger")')
    assert "<svg" in html
    assert "Full" in html


def test_a_chart_says_its_numbers(in_page: Flask) -> None:
    html = rendered('bar_chart("Places", [("Stuttgart", 48), ("Mannheim", 31)])')
    assert "<table" in html
    assert "48" in html
    assert "style=" not in html


def test_a_name_of_unknown_direction_stands_apart(in_page: Flask) -> None:
    assert rendered('person("سميرة")') == "<bdi>سميرة</bdi>"


def test_an_explanation_may_stand_inside_a_sentence(in_page: Flask) -> None:
    html = rendered('term("Satzung", "The rules.") ~ term("Satzung", "The rules.")')
    assert 'id="term-1"' in html
    assert 'id="term-2"' in html
    assert "<details" not in html


def test_every_icon_name_of_the_readme_has_a_drawing(in_page: Flask) -> None:
    with pytest.raises(FileNotFoundError):
        rendered('icon("no-such-icon")')
    assert 'role="img" aria-label="Done"' in rendered('icon("check", "Done")')


@pytest.mark.parametrize("status", [400, 401, 403, 404, 409, 413, 418, 422, 429, 500, 502, 503])
def test_every_error_page_names_a_next_step(in_page: Flask, status: int) -> None:
    html = in_page.jinja_env.get_template("ui/error.html")
    page = render_template_string("{% extends 'ui/error.html' %}", status=status)
    assert html is not None
    assert f"Error {status}" in page
    assert "What you can do now:" in page


def test_the_page_speaks_arabic_from_right_to_left(in_arabic: Flask) -> None:
    assert '<html lang="ar" dir="rtl"' in render_template_string("{% extends 'ui/layout.html' %}")


def test_the_chosen_look_is_in_the_page_at_once(app: Flask) -> None:
    with app.test_request_context("/", headers={"Cookie": "memo_theme=dark"}):
        assert 'data-theme="dark"' in render_template_string("{% extends 'ui/layout.html' %}")
    with app.test_request_context("/", headers={"Cookie": 'memo_theme="><script>'}):
        assert "<script>" not in render_template_string("{% extends 'ui/layout.html' %}")


@pytest.mark.parametrize("name", ["imprint", "privacy", "accessibility", "feedback"])
def test_the_pages_of_the_footer_need_nothing_but_a_form(in_page: Flask, name: str) -> None:
    page = render_template_string("{% extends 'ui/pages/" + name + ".html' %}", form=FakeForm(), sent=False)
    assert "<h1>" in page
