"""The main job from sign-up to the revoked certificate: the same steps that `make demo` prints."""

import json
from pathlib import Path

from shared.devkit.journey.main_job import go_the_whole_way
from shared.devkit.journey.stage import Stage
from shared.kernel.clock import programme_date, utc_now


def test_somebody_new_gets_a_certificate_that_strangers_can_check(stage: Stage, tmp_path: Path) -> None:
    outcome = go_the_whole_way(stage, folder=tmp_path)

    assert outcome.pdf.read_bytes().startswith(b"%PDF")
    [credential] = [json.loads(file.read_text(encoding="utf-8")) for file in tmp_path.glob("*.json")]
    assert "OpenBadgeCredential" in credential["type"]
    assert outcome.said_before != outcome.said_after
    assert str(programme_date(utc_now()).year) in outcome.said_after
