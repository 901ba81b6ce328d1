"""One public document of a stranger's choice, read in a process of its own."""

from services.certification.adapters.reading import Busy, Refused, Task, run_isolated
from services.certification.domain.errors import UploadsBusy


def fetch_public(url: str, *, mode: str) -> str | None:
    """What an address answers, in base64; None where it may not be asked, or gives nothing. Raises UploadsBusy.

    `mode` says which addresses may be asked: `public`, `none`, or `local` in tests.
    """
    if mode == "none":
        return None
    if mode == "local":
        url = url.replace("https://", "http://", 1)
    try:
        return str(run_isolated(Task.FETCH, facts={"url": url, "mode": mode})["content"])
    except Busy as error:
        raise UploadsBusy from error
    except Refused:
        return None
