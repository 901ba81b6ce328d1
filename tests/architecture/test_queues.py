"""Every message has a queue that somebody serves, and every entry of the schedule a task that exists."""

import pytest

from shared.contracts.services import Service
from shared.messaging.names import Lane, queue_name, receipts_task, receive_task
from shared.worker.beat import make_schedule
from tests.support.service import ServiceUnderTest


@pytest.fixture(params=list(Service))
def service(request: pytest.FixtureRequest) -> ServiceUnderTest:
    under_test: ServiceUnderTest = request.getfixturevalue(request.param.value)
    return under_test


def test_the_worker_serves_every_lane_and_knows_its_tasks(service: ServiceUnderTest) -> None:
    name = service.resources.settings.service
    service.worker.loader.import_default_modules()
    assert {queue.name for queue in service.worker.conf.task_queues} == {queue_name(name, lane) for lane in Lane}
    assert {receive_task(name), receipts_task(name)} <= set(service.worker.tasks)


def test_every_entry_of_the_schedule_names_a_task_and_expires(service: ServiceUnderTest) -> None:
    settings = service.resources.settings
    service.worker.loader.import_default_modules()
    schedule = make_schedule(settings, [f"services.{settings.service}.tasks.timetable"]).conf.beat_schedule
    assert schedule
    for entry in schedule.values():
        assert entry["task"] in service.worker.tasks
        assert entry["options"]["expires"] > 0
        assert entry["options"]["queue"].name == queue_name(settings.service, Lane.SCHEDULE)


def test_no_message_waits_in_the_worker_for_a_later_date(service: ServiceUnderTest) -> None:
    conf = service.worker.conf
    assert conf.task_acks_late
    assert conf.task_reject_on_worker_lost
    assert conf.worker_prefetch_multiplier == 1
    assert conf.accept_content == ["json"]
    assert conf.task_soft_time_limit < conf.task_time_limit
