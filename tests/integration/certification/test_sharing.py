"""What holders show: the name if they want it, links with an end, what came of it, what others say."""

import io
import json
import re
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import sqlalchemy as sa

from services.certification.models import Certificate
from services.certification.tasks.shares import sweep_shares
from shared.contracts.enrollment import GrantedRole
from tests.support.certification import World
from tests.support.pages import text_of
from tests.support.service import CheckedClient

NAME = "Şükrü Özdoğan-Yıldız"
BASE = "http://127.0.0.1:8080"
ALL = {"name": "true", "results": "true", "workshops": "true", "evidence": "true"}


@dataclass
class Holder:
    """Somebody with a certificate and a browser."""

    world: World
    certificate: Certificate
    browser: CheckedClient

    @property
    def page(self) -> str:
        return f"/certification/certificates/{self.certificate.number}/sharing"

    def link(self, *, days: str = "30", **shown: str) -> str:
        """The path of a new link."""
        before = self.links()
        answer = self.browser.post(f"{self.page}/links", data={"label": "Rathaus", "days": days, **shown})
        assert answer.status_code == 303, text_of(answer.text)
        (new,) = self.links() - before
        return new

    def links(self) -> set[str]:
        return set(re.findall(rf'href="{BASE}(/certification/shared/[\w-]+)"', self.browser.get(self.page).text))

    def request_link(self) -> str:
        self.browser.post(f"{self.page}/endorsements", data={"asked_name": "Frau Trainerin"})
        found = re.findall(rf'href="{BASE}(/certification/endorsements/[\w-]+)"', self.browser.get(self.page).text)
        return str(found[0])

    def decide(self, what: str) -> int:
        path = re.findall(rf'action="([^"]+/endorsements/[^"]+/{what})"', self.browser.get(self.page).text)[0]
        return int(self.browser.post(path).status_code)


@pytest.fixture
def holder(world: World) -> Holder:
    person_id = world.person(NAME)
    certificate = world.certify(person_id)
    return Holder(world, certificate, world.service.client_of(person_id))


def stranger(holder: Holder) -> CheckedClient:
    return holder.world.service.client()


def test_a_link_shows_what_was_chosen_and_nothing_else(holder: Holder) -> None:
    bare = stranger(holder).get(holder.link())
    words = text_of(bare.text)
    assert "Grundkurs" in words
    for hidden in ("Özdoğan", "20 of 24", "Satzung und Versammlung", holder.certificate.number, "Reutlingen"):
        assert hidden not in bare.text, hidden
    assert bare.headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in bare.headers["X-Robots-Tag"]
    assert bare.headers["Cache-Control"] == "private, no-store"
    words = text_of(stranger(holder).get(holder.link(**ALL)).text)
    for shown in (NAME, "20 of 24", "Satzung und Versammlung"):
        assert shown in words


def test_a_link_says_at_once_when_the_certificate_no_longer_counts(holder: Holder) -> None:
    link = holder.link()
    holder.world.office().post(
        f"/certification/office/certificates/{holder.certificate.number}/revoke",
        data={"reason": "issued_in_error", "note": "Liste verwechselt"},
    )
    words = text_of(stranger(holder).get(link).text)
    assert "It was issued by mistake." in words


def test_a_link_ends_by_its_owner_or_by_time_and_then_says_nothing(holder: Holder) -> None:
    ended, timed_out = holder.link(), holder.link(days="7")
    path = re.findall(r'action="([^"]+/end)"', holder.browser.get(holder.page).text)
    for end in path[-1:]:
        assert holder.browser.post(end).status_code == 303
    with holder.world.service.transaction() as session:
        session.execute(
            sa.text("UPDATE share SET created_at = created_at - :t, expires_at = expires_at - :t"),
            {"t": timedelta(days=8)},
        )
    answers = [
        stranger(holder).get(link)
        for link in (ended, timed_out, "/certification/shared/unknown", "/certification/shared/%00")
    ]
    assert [answer.status_code for answer in answers] == [404] * 4
    assert len({text_of(answer.text) for answer in answers}) == 1
    assert "Grundkurs" not in answers[0].text


def test_nobody_records_who_has_looked(holder: Holder) -> None:
    link = holder.link()

    def written() -> list[str]:
        with holder.world.service.transaction() as session:
            tables = session.scalars(sa.text("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY 1"))
            return [
                str(
                    session.execute(
                        sa.text(f"SELECT count(*), md5(string_agg(t::text, '' ORDER BY t::text)) FROM \"{name}\" t")
                    ).one()
                )
                for name in tables
            ]

    before = written()
    assert stranger(holder).get(link).status_code == 200
    assert written() == before


def test_links_are_limited_and_deleted_when_they_are_over_for_long(holder: Holder) -> None:
    for _ in range(20):
        holder.link()
    refused = holder.browser.post(f"{holder.page}/links", data={"label": "x", "days": "7"})
    assert refused.status_code == 422
    assert "There are 20 already" in text_of(refused.text)
    with holder.world.service.transaction() as session:
        session.execute(
            sa.text("UPDATE share SET created_at = created_at - :t, expires_at = expires_at - :t"),
            {"t": timedelta(days=61)},
        )
    holder.world.service.worker.set_default()
    sweep_shares()
    with holder.world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM share")) == 0


@pytest.mark.parametrize("data", [{"label": "", "days": "7"}, {"label": "x", "days": "8"}, {"label": "x"}])
def test_a_link_needs_a_label_and_an_end(holder: Holder, data: dict[str, str]) -> None:
    assert holder.browser.post(f"{holder.page}/links", data=data).status_code == 422


def test_sharing_is_for_the_holder_alone(holder: Holder) -> None:
    holder.link()
    holder.request_link()
    other = holder.world.service.client_of(holder.world.person("Ayşe Kaya"))
    for client in (other, holder.world.office()):
        assert client.get(holder.page).status_code in (403, 404)
        for path, data in (
            ("links", {"label": "x", "days": "7"}),
            ("name", {"shows_name": "true"}),
            ("evidence", {"title": "x"}),
        ):
            assert client.post(f"{holder.page}/{path}", data=data).status_code in (403, 404)
    assert stranger(holder).get(holder.page).status_code == 303


def test_the_name_is_public_only_where_the_holder_wants_it(holder: Holder) -> None:
    def public() -> str | None:
        address = f"/api/certification/v1/verifications/{holder.certificate.number}"
        name: str | None = stranger(holder).get(address).get_json()["holder_name"]
        return name

    assert public() is None
    holder.browser.post(f"{holder.page}/name", data={"shows_name": "true"})
    assert public() == NAME
    holder.browser.post(f"{holder.page}/name", data={})
    assert public() is None
    assert "Özdoğan" not in stranger(holder).get(f"/v/{holder.certificate.number}").text


def test_evidence_is_seen_behind_links_that_show_it_and_never_runs(holder: Holder) -> None:
    data = {
        "title": "Sommerfest",
        "url": "https://bruecke.example/fest",
        "description": "200 Gäste\nund <script>alert(1)</script>",
    }
    assert holder.browser.post(f"{holder.page}/evidence", data=data).status_code == 303
    for address in ("javascript:alert(1)", "ftp://x.example", "https://x y.example", "x"):
        assert holder.browser.post(f"{holder.page}/evidence", data={**data, "url": address}).status_code == 422
    shown = stranger(holder).get(holder.link(evidence="true")).text
    assert "Sommerfest" in shown
    assert 'href="https://bruecke.example/fest"' in shown
    assert "<script>alert" not in shown
    assert "Sommerfest" not in stranger(holder).get(holder.link()).text
    path = re.findall(r'action="([^"]+/evidence/[^"]+/delete)"', holder.browser.get(holder.page).text)[0]
    assert holder.browser.post(path).status_code == 303
    assert "Sommerfest" not in holder.browser.get(holder.page).text


def test_somebody_asked_writes_and_the_holder_decides_whether_it_is_shown(holder: Holder) -> None:
    request = holder.request_link()
    role = GrantedRole(role="trainer", scope_kind="run", scope_id=holder.certificate.run_id)
    trainer_id = holder.world.person("Elena Popescu", roles=(role,))
    trainer = holder.world.service.client_of(trainer_id)
    assert NAME in trainer.words(request)
    assert trainer.post(request, data={"text": "Leitet Sitzungen mit Ruhe."}).status_code == 303
    link = holder.link(evidence="true")
    assert "Leitet Sitzungen" not in stranger(holder).get(link).text
    assert holder.decide("show") == 303
    words = text_of(stranger(holder).get(link).text)
    assert "Leitet Sitzungen mit Ruhe." in words
    assert "Elena Popescu, Trainer of the course" in words
    trainer.post(request, data={"text": "Anderer Text."})
    assert "Anderer Text" not in stranger(holder).get(link).text, "a changed text needs a new consent"
    holder.decide("show")
    assert holder.decide("hide") == 303
    assert "Anderer Text" not in stranger(holder).get(link).text


def test_either_side_takes_a_text_back(holder: Holder) -> None:
    request = holder.request_link()
    writer = holder.world.service.client_of(holder.world.person("Elena Popescu"))
    writer.post(request, data={"text": "Sehr gut."})
    holder.decide("show")
    link = holder.link(evidence="true")
    assert writer.post(f"{request}/withdraw").status_code == 303
    assert "Sehr gut" not in stranger(holder).get(link).text
    with holder.world.service.transaction() as session:
        assert session.scalar(sa.text("SELECT count(*) FROM endorsement WHERE text IS NOT NULL")) == 0
    writer.post(request, data={"text": "Doch sehr gut."})
    assert holder.decide("delete") == 303
    assert writer.get(request).status_code == 404


def test_nobody_endorses_themselves_and_a_request_is_answered_by_one(holder: Holder) -> None:
    request = holder.request_link()
    assert holder.browser.post(request, data={"text": "Ich bin gut."}).status_code == 422
    first = holder.world.service.client_of(holder.world.person("Elena Popescu"))
    second = holder.world.service.client_of(holder.world.person("Ayşe Kaya"))
    first.post(request, data={"text": "Sehr gut."})
    assert second.get(request).status_code == 404
    assert second.post(request, data={"text": "x"}).status_code == 404
    assert second.post(f"{request}/withdraw").status_code == 404
    assert stranger(holder).get(request).status_code == 303


def test_the_page_of_a_certificate_leads_on(holder: Holder) -> None:
    page = holder.browser.get(f"/certification/certificates/{holder.certificate.number}")
    for target in ("/wallet", "/sharing", "/badge.png", "/credential.json", "/credential.jwt", "/reissue"):
        assert target in page.text, target
    (address,) = re.findall(r'href="(https://www\.linkedin\.com/[^"]+)"', page.text)
    facts = parse_qs(urlsplit(address.replace("&amp;", "&")).query)
    assert facts["certUrl"] == [f"{BASE}/v/{holder.certificate.number}"]
    assert facts["name"] == ["Grundkurs"]
    assert "Özdoğan" not in address


def test_everything_is_one_file(holder: Holder) -> None:
    answer = holder.browser.get("/certification/everything.zip")
    assert answer.content_type == "application/zip"
    folder = f"grundkurs-{holder.certificate.number}"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as archive:
        names = set(archive.namelist())
        assert {f"{folder}/credential.json", f"{folder}/credential.jwt", f"{folder}/badge.png", "README.txt"} <= names
        credential = json.loads(archive.read(f"{folder}/credential.json"))
        assert credential["type"] == ["VerifiableCredential", "OpenBadgeCredential"]
        assert archive.read(f"{folder}/credential.json").decode() == holder.certificate.credential
        readme = archive.read("README.txt").decode("utf-8-sig")
    assert f"{BASE}/v/{holder.certificate.number}" in readme
    assert (f"{folder}/certificate.pdf" in names) != (f"{folder}/certificate.pdf" in readme)


def test_nothing_of_others_is_in_the_file(holder: Holder) -> None:
    holder.world.certify(holder.world.person("Ayşe Kaya"), level_code="aufbaukurs")
    with zipfile.ZipFile(io.BytesIO(holder.browser.get("/certification/everything.zip").data)) as archive:
        assert not [name for name in archive.namelist() if name.startswith("aufbaukurs")]
