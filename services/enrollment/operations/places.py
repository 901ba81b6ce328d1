"""Places: asking for one, answering an offer, leaving, and the list that moves up."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from services.enrollment.domain import places as rules
from services.enrollment.domain.catalogue import LevelFacts, check_prerequisite
from services.enrollment.domain.errors import (
    AssociationAtLimit,
    NoSeatFree,
    NotOfAssociation,
    OfferLapsed,
    PlaceExists,
)
from services.enrollment.domain.letters import Letter
from services.enrollment.domain.permissions import PERMISSIONS, Permission
from services.enrollment.domain.places import PlaceState
from services.enrollment.domain.runs import RunState, check_registration_open
from services.enrollment.models.places import Place
from services.enrollment.models.runs import Run
from services.enrollment.operations import notifications, seats
from services.enrollment.queries import certificates as certificates_query
from services.enrollment.queries import memberships as memberships_query
from services.enrollment.queries import places as places_query
from services.enrollment.queries import runs as runs_query
from shared.kernel.actor import SYSTEM, Actor
from shared.kernel.errors import NotFound
from shared.kernel.ids import new_id
from shared.kernel.permissions import Facts, allows, require


def request_place(
    session: Session, *, actor: Actor, run_id: UUID, person_id: UUID, association_id: UUID | None, now: datetime
) -> Place:
    """Ask for a place: confirmed or on the waiting list at once, decided under the lock of the run's row.

    The person asks for themselves, or the board of an association for one of its members. Fires PlaceConfirmed where
    there was a seat, and tells the person by letter. Raises RunNotOpen, RegistrationClosed, PlaceExists,
    PrerequisiteMissing, NotOfAssociation.
    """
    require(PERMISSIONS, actor, Permission.PLACE_REQUEST, Facts(person_id=person_id, association_id=association_id))
    run = _lock_visible_run(session, run_id)
    check_registration_open(state=run.state, registration_closes_at=run.registration_closes_at, now=now)
    _check_person(session, run=run, person_id=person_id, association_id=association_id)
    place = Place(
        id=new_id(),
        run_id=run.id,
        person_id=person_id,
        association_id=association_id,
        requested_by_id=actor.person_id,
        requested_at=now,
        changed_at=now,
    )
    place.state = _decide(session, run=run, place=place)
    seats.add_place(session, actor=actor, run=run, place=place, now=now)
    is_confirmed = place.state is PlaceState.CONFIRMED
    template = Letter.PLACE_CONFIRMED if is_confirmed else Letter.PLACE_WAITING
    notifications.tell_of_place(session, run=run, place=place, template=template, now=now)
    return place


def _check_person(session: Session, *, run: Run, person_id: UUID, association_id: UUID | None) -> None:
    if association_id is not None:
        membership = memberships_query.find_current_membership(
            session, association_id=association_id, person_id=person_id
        )
        if membership is None:
            raise NotOfAssociation
    if existing := places_query.find_live_place(session, run_id=run.id, person_id=person_id):
        raise PlaceExists(state=existing.state.value)
    codes = certificates_query.list_certified_codes(session, person_id=person_id)
    check_prerequisite(level_facts(run), certified_codes=codes)


def level_facts(run: Run) -> LevelFacts:
    """The run's level as the rules see it."""
    required = run.level.requires
    if required is None:
        return LevelFacts(run.level.code, run.level.title)
    return LevelFacts(run.level.code, run.level.title, required.code, required.title)


def _decide(session: Session, *, run: Run, place: Place) -> PlaceState:
    request = rules.Waiting(place.id, place.association_id, place.requested_at)
    return rules.decide_request(
        request,
        waiting=places_query.list_waiting(session, run_id=run.id),
        seats=places_query.count_seats(session, run=run),
    )


def accept_offer(session: Session, *, actor: Actor, place_id: UUID, now: datetime) -> Place:
    """Take the seat that is offered. Fires PlaceConfirmed. Raises OfferLapsed after the deadline."""
    run, place = _lock_run_and_place(session, place_id)
    _require_on_place(actor, Permission.PLACE_ANSWER, run, place)
    if place.state is PlaceState.LAPSED or (place.offer_expires_at is not None and place.offer_expires_at <= now):
        raise OfferLapsed(expired_at=place.offer_expires_at or place.changed_at)
    if place.state is PlaceState.CONFIRMED:
        return place
    rules.PLACE_TRANSITIONS.check(place.state, PlaceState.CONFIRMED)
    if place.state is PlaceState.WAITING:  # Only staff move somebody from the list straight to a seat.
        raise NoSeatFree
    seats.move_place(session, actor=actor, run=run, place=place, to=PlaceState.CONFIRMED, now=now)
    notifications.tell_of_place(session, run=run, place=place, template=Letter.PLACE_CONFIRMED, now=now)
    return place


def leave_place(session: Session, *, actor: Actor, place_id: UUID, now: datetime) -> Place:
    """Give a seat back, decline an offer, or leave the list; the next on the list gets an offer.

    The person may, the board for its own people, and staff of the carrier. Fires PlaceReleased for a firm seat.
    """
    run, place = _lock_run_and_place(session, place_id)
    _require_on_place(actor, Permission.PLACE_LEAVE, run, place)
    seats.move_place(session, actor=actor, run=run, place=place, to=rules.left_state(place.state), now=now)
    if place.state is PlaceState.RELEASED:
        notifications.tell_of_place(session, run=run, place=place, template=Letter.PLACE_RELEASED, now=now)
    seats.offer_free_seats(session, run=run, now=now)
    return place


def give_seat(session: Session, *, actor: Actor, place_id: UUID, now: datetime) -> Place:
    """Staff give a free seat to somebody on the list, for when the course begins too soon for an offer.

    Fires PlaceConfirmed. Raises NoSeatFree or AssociationAtLimit; RunNotOpen once the run is over.
    """
    run, place = _lock_run_and_place(session, place_id)
    _require_on_place(actor, Permission.PLACE_MANAGE, run, place)
    rules.PLACE_TRANSITIONS.check(place.state, PlaceState.CONFIRMED)
    present = places_query.count_seats(session, run=run)
    if place.state is PlaceState.WAITING:
        if present.free <= 0:
            raise NoSeatFree
        if present.is_at_limit(place.association_id):
            raise AssociationAtLimit(limit=run.seats_per_association)
    seats.move_place(session, actor=actor, run=run, place=place, to=PlaceState.CONFIRMED, now=now)
    notifications.tell_of_place(session, run=run, place=place, template=Letter.PLACE_CONFIRMED, now=now)
    return place


def lapse_due_offers(session: Session, *, run_id: UUID, now: datetime) -> int:
    """Take back the offers of a run whose deadline has passed, and offer the seats on. How many there were."""
    run = runs_query.lock_run(session, run_id)
    due = places_query.list_due_offers(session, run_id=run.id, now=now)
    for place in due:
        seats.move_place(session, actor=SYSTEM, run=run, place=place, to=PlaceState.LAPSED, now=now)
        notifications.tell_of_place(session, run=run, place=place, template=Letter.OFFER_LAPSED, now=now)
    seats.offer_free_seats(session, run=run, now=now)
    return len(due)


def _lock_visible_run(session: Session, run_id: UUID) -> Run:
    run = runs_query.lock_run(session, run_id)
    if run.state is RunState.DRAFT:
        raise NotFound(kind="run")
    return run


def _lock_run_and_place(session: Session, place_id: UUID) -> tuple[Run, Place]:
    run = runs_query.lock_run(session, places_query.get_place(session, place_id).run_id)
    return run, places_query.lock_place(session, place_id)


def _require_on_place(actor: Actor, permission: Permission, run: Run, place: Place) -> None:
    """A place is not found for whoever has nothing to do with it, and forbidden only for those who may see it."""
    facts = Facts(
        person_id=place.person_id, association_id=place.association_id, carrier_id=run.carrier_id, run_id=run.id
    )
    # Staff who still lack their second factor are told so, not that the place is gone.
    at_most = replace(actor, has_second_factor=True)
    if not any(allows(PERMISSIONS, at_most, way, facts) for way in (Permission.PLACE_LEAVE, Permission.ROSTER_READ)):
        raise NotFound(kind="place")
    require(PERMISSIONS, actor, permission, facts)
