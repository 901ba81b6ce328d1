"""Figures of the programme for the office and the authority: counts only, no names."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Session

from services.enrollment.domain.places import ATTENDING_STATES, PlaceState
from services.enrollment.domain.runs import RunState
from services.enrollment.models.associations import Association
from services.enrollment.models.catalogue import Level
from services.enrollment.models.certificates import CertificateCopy
from services.enrollment.models.people import Person
from services.enrollment.models.places import Place
from services.enrollment.models.regions import Region
from services.enrollment.models.runs import Run

Counted = list[tuple[str, int]]


@dataclass(frozen=True)
class Overview:
    """What the programme has reached. Every list holds (name, number) in the catalogue's order."""

    people: int
    associations: int
    runs_open: int
    seats: int
    seats_taken: int
    waiting: int
    certificates: int
    runs_by_state: Counted
    places_by_level: Counted
    places_by_region: Counted
    associations_by_region: Counted
    certificates_by_level: Counted


def get_overview(session: Session) -> Overview:
    """The figures as they are now."""
    open_runs = Run.state.in_([RunState.PUBLISHED, RunState.RUNNING])
    runs_open, seats, taken = session.execute(
        sa.select(
            sa.func.count(),
            sa.func.coalesce(sa.func.sum(Run.capacity), 0),
            sa.func.coalesce(sa.func.sum(Run.seats_taken), 0),
        ).where(open_runs)
    ).one()
    return Overview(
        people=_count(session, sa.select(Person.id)),
        associations=_count(session, sa.select(Association.id)),
        runs_open=runs_open,
        seats=seats,
        seats_taken=taken,
        waiting=_count(session, sa.select(Place.id).where(Place.state == PlaceState.WAITING)),
        certificates=_count(
            session, sa.select(CertificateCopy.certificate_id).where(CertificateCopy.revoked_on.is_(None))
        ),
        runs_by_state=_runs_by_state(session),
        places_by_level=_places_by_level(session),
        places_by_region=_places_by_region(session),
        associations_by_region=_associations_by_region(session),
        certificates_by_level=_certificates_by_level(session),
    )


def _count(session: Session, statement: sa.Select[UUID]) -> int:
    return session.scalar(sa.select(sa.func.count()).select_from(statement.subquery())) or 0


def _runs_by_state(session: Session) -> Counted:
    counts = {
        state: number for state, number in session.execute(sa.select(Run.state, sa.func.count()).group_by(Run.state))
    }
    return [(state.value, counts.get(state, 0)) for state in RunState]


def _places_by_level(session: Session) -> Counted:
    statement = (
        sa.select(Level.title, sa.func.count(Place.id))
        .outerjoin(Run, Run.level_id == Level.id)
        .outerjoin(Place, sa.and_(Place.run_id == Run.id, Place.state.in_(ATTENDING_STATES)))
        .group_by(Level.id)
        .order_by(Level.position)
    )
    return _rows(session, statement)


def _places_by_region(session: Session) -> Counted:
    statement = (
        sa.select(Region.name, sa.func.count(Place.id))
        .outerjoin(Run, Run.region_code == Region.code)
        .outerjoin(Place, sa.and_(Place.run_id == Run.id, Place.state.in_(ATTENDING_STATES)))
        .group_by(Region.code)
        .order_by(Region.position)
    )
    return _rows(session, statement)


def _associations_by_region(session: Session) -> Counted:
    statement = (
        sa.select(Region.name, sa.func.count(Association.id))
        .outerjoin(Association, Association.region_code == Region.code)
        .group_by(Region.code)
        .order_by(Region.position)
    )
    return _rows(session, statement)


def _certificates_by_level(session: Session) -> Counted:
    valid = sa.and_(CertificateCopy.level_code == Level.code, CertificateCopy.revoked_on.is_(None))
    statement = (
        sa.select(Level.title, sa.func.count(CertificateCopy.certificate_id))
        .outerjoin(CertificateCopy, valid)
        .group_by(Level.id)
        .order_by(Level.position)
    )
    return _rows(session, statement)


def _rows(session: Session, statement: sa.Select[str, int]) -> Counted:
    return [(name, number) for name, number in session.execute(statement)]
