"""Periodic doors of course runs: what the calendar and the deadlines ask for."""

from celery import shared_task

from services.enrollment.operations import places, runs
from services.enrollment.queries import runs as runs_query
from services.enrollment.tasks.timetable import ADVANCE_RUNS, LAPSE_OFFERS, TELL_OF_CHANGED_DATES
from shared.kernel.clock import programme_date, utc_now
from shared.worker import transaction


@shared_task(name=LAPSE_OFFERS)
def lapse_offers() -> None:
    """Take back offers that nobody answered in time and offer the seats on, one transaction a run."""
    with transaction() as session:
        run_ids = runs_query.list_runs_with_due_offers(session, now=utc_now())
    for run_id in run_ids:
        with transaction() as session:
            places.lapse_due_offers(session, run_id=run_id, now=utc_now())


@shared_task(name=ADVANCE_RUNS)
def advance_runs() -> None:
    """Start and finish runs by the calendar, one transaction a run."""
    with transaction() as session:
        run_ids = runs_query.list_runs_to_advance(session, today=programme_date(utc_now()))
    for run_id in run_ids:
        with transaction() as session:
            runs.advance_run(session, run_id=run_id, now=utc_now())


@shared_task(name=TELL_OF_CHANGED_DATES)
def tell_of_changed_dates() -> None:
    """Write to people whose course has other dates now, one transaction a run."""
    with transaction() as session:
        run_ids = runs_query.list_runs_with_due_letters(session, now=utc_now())
    for run_id in run_ids:
        with transaction() as session:
            runs.tell_of_changed_dates(session, run_id=run_id, now=utc_now())
