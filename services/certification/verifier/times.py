"""Whether today lies within the time of a credential."""

from datetime import datetime

from services.certification.verifier.findings import Finding, Question, Reason, failed, passed, unknown


def check_time(start: object, end: object, *, now: datetime) -> Finding:
    """Whether `now` lies between two instants in text, the later of which may be missing."""
    try:
        is_early = bool(start) and now < datetime.fromisoformat(str(start))
        is_late = bool(end) and now >= datetime.fromisoformat(str(end))
    except (ValueError, TypeError, OverflowError):
        return unknown(Question.TIME, Reason.FORM_UNKNOWN)
    if is_early:
        return failed(Question.TIME, Reason.NOT_YET)
    return failed(Question.TIME, Reason.EXPIRED) if is_late else passed(Question.TIME, Reason.IN_TIME)
