"""`python -m services.certification.verifier FILE`: ends with 0 (valid), 1 (not valid) or 2 (it cannot be said)."""

import argparse
import json
import locale
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from services.certification.domain.presented import FILE_LIMIT_KIB
from services.certification.verifier.checking import verify_file
from services.certification.verifier.findings import Report, Verdict
from services.certification.verifier.sources import Sources
from services.certification.verifier.words import Words, outcomes, problems, questions, reasons, verdicts, words_in
from shared.kernel.clock import utc_now

_LANGUAGES = ("de", "de-x-einfach", "tr", "ar", "en")


def main(arguments: Sequence[str] | None = None) -> int:
    """Check one file and print what was found."""
    options = _parser().parse_args(arguments)
    report = _report(options)
    if options.json:
        sys.stdout.write(json.dumps(_as_json(report), ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.write(_as_text(report, words_in(options.language or _own_language())))
    return int(report.verdict)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="memo-verify",
        description="Check a certificate, pass or any Open Badge 3.0: JSON, JWT, SD-JWT, PNG, SVG or PDF.",
        epilog="Ends with 0 where it is valid, 1 where it is not, 2 where it cannot be said.",
    )
    parser.add_argument("file", help="the file; - reads standard input")
    parser.add_argument(
        "--did", type=Path, metavar="did.json", help="the keys of the issuer, instead of asking its address"
    )
    parser.add_argument(
        "--status", type=Path, metavar="list.json", help="the status list, instead of asking its address"
    )
    parser.add_argument("--seal", type=Path, metavar="seal.pem", help="the X.509 certificate of the seal on PDF files")
    network = parser.add_mutually_exclusive_group()
    network.add_argument("--offline", action="store_true", help="ask nobody: use only the files that are named")
    network.add_argument("--local", action="store_true", help="ask this machine over http: for a trial installation")
    parser.add_argument("--name", help="compare the name of the holder; it is sent nowhere")
    parser.add_argument("--language", choices=_LANGUAGES, help="the language of the answer")
    parser.add_argument("--json", action="store_true", help="answer as JSON")
    return parser


def _report(options: argparse.Namespace) -> Report:
    mode = "none" if options.offline else "local" if options.local else "public"
    sources = Sources(mode=mode, did_file=options.did, status_file=options.status, seal_file=options.seal)
    try:
        data = _read(options.file)
        return verify_file(data, sources=sources, name=options.name, now=utc_now())
    except (OSError, ValueError):  # A file that is not there, or no PEM where one is wanted.
        return Report(findings=(), problem="no_file")


def _read(file: str) -> bytes:
    """The file, and one byte more than may be read: what is larger is refused unread."""
    most = FILE_LIMIT_KIB * 1024 + 1
    if file == "-":
        return sys.stdin.buffer.read(most)
    with Path(file).open("rb") as opened:
        return opened.read(most)


def _own_language() -> str:
    try:
        locale.setlocale(locale.LC_MESSAGES, "")
    except locale.Error:
        return "en"
    code = (locale.getlocale(locale.LC_MESSAGES)[0] or "en").partition("_")[0]
    return code if code in _LANGUAGES else "en"


def _as_text(report: Report, _: Words) -> str:
    if report.problem is not None:
        return problems(_)[report.problem] + "\n"
    facts = report.facts
    lines = [_plain(facts[name]) for name in ("title", "issuer_name", "issuer") if facts.get(name)]
    for name, value in (facts.get("disclosed") or {}).items():
        lines.append(f"{_plain(name)}: {_plain(value)}")
    lines.append("")
    for finding in report.findings:
        lines.append(f"{questions(_)[finding.question]} {outcomes(_)[finding.outcome]}.")
        lines.append(f"  {reasons(_)[finding.reason]}")
    return "\n".join([*lines, "", verdicts(_)[report.verdict], ""])


def _plain(value: object) -> str:
    """Foreign text without what a terminal would take for commands, or a reader for another direction."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return "".join(letter if letter.isprintable() else " " for letter in text)[:500]


def _as_json(report: Report) -> dict[str, Any]:
    names = {Verdict.VALID: "valid", Verdict.NOT_VALID: "not_valid", Verdict.CANNOT_TELL: "cannot_tell"}
    checks = [
        {"check": finding.question.value, "outcome": finding.outcome.value, "reason": finding.reason.value}
        for finding in report.findings
    ]
    return {
        "verdict": names[report.verdict],
        "problem": report.problem,
        "checks": checks,
        "credential": report.facts,
    }


if __name__ == "__main__":
    sys.exit(main())
