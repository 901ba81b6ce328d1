"""When the periodic tasks of certification run: only their names, the tasks themselves stand beside this file."""

from typing import Any

from shared.contracts.services import Service
from shared.worker.timetable import every, sweep_task_name

KEEP_KEYS = "certification.keys.keep"
SIGN_LISTS = "certification.status.sign_lists"
PUBLISH_LISTS = "certification.status.publish"
GROW_LOG = "certification.log.grow"
MAKE_DOCUMENTS = "certification.documents.make"
WEIGH_PASSES = "certification.passes.weigh"
KEEP_WEIGHING = "certification.passes.keep_weighing"
WAKE_BATCHES = "certification.batches.wake"
SEND_MESSAGES = "certification.webhooks.send"
FORGET_MESSAGES = "certification.webhooks.forget"
SWEEP_WALLET = "certification.wallet.sweep"
SWEEP_SHARES = "certification.shares.sweep"

_MINUTE = 60
_HOUR = 3_600

TIMETABLE: dict[str, dict[str, Any]] = {
    "keep signing keys": every(_HOUR, service=Service.CERTIFICATION, task=KEEP_KEYS),
    "publish status lists": every(_MINUTE, service=Service.CERTIFICATION, task=PUBLISH_LISTS),
    "sign status lists": every(_HOUR, service=Service.CERTIFICATION, task=SIGN_LISTS),
    "grow trust log": every(3, service=Service.CERTIFICATION, task=GROW_LOG),
    "make documents": every(30, service=Service.CERTIFICATION, task=MAKE_DOCUMENTS),
    "weigh passes": every(6 * _HOUR, service=Service.CERTIFICATION, task=WEIGH_PASSES),
    "keep weighing": every(_MINUTE, service=Service.CERTIFICATION, task=KEEP_WEIGHING),
    "wake batches": every(_MINUTE, service=Service.CERTIFICATION, task=WAKE_BATCHES),
    "sweep shared links": every(24 * _HOUR, service=Service.CERTIFICATION, task=SWEEP_SHARES),
    "send webhooks": every(5, service=Service.CERTIFICATION, task=SEND_MESSAGES),
    "forget webhook messages": every(24 * _HOUR, service=Service.CERTIFICATION, task=FORGET_MESSAGES),
    "sweep wallet offers": every(_HOUR, service=Service.CERTIFICATION, task=SWEEP_WALLET),
    "sweep": every(_HOUR, service=Service.CERTIFICATION, task=sweep_task_name(Service.CERTIFICATION)),
}
