"""One log file for each process, turned over by size."""

import re
from pathlib import Path

_LARGEST_BYTES = 5_000_000
_KEPT = 2

#: What a person at the terminal should see of a process that otherwise writes to its file only.
ALARM = re.compile(
    rb"\b(WARNING|ERROR|CRITICAL|Traceback)\b|\"level\": ?\"(warning|error|critical)\"|\[(warning|error|critical) *\]"
)
#: PostgreSQL says ERROR whenever a constraint refuses something, which is its job.
POSTGRES_ALARM = re.compile(rb"\b(PANIC):|FATAL:  (?!the database system is|terminating connection)")
#: SeaweedFS (glog): errors and worse.
SEAWEED_ALARM = re.compile(rb"^[EF]\d{4} ")
CADDY_ALARM = re.compile(rb"\"level\":\"(error|panic|fatal)\"(?!.*connection refused)")
VALKEY_ALARM = re.compile(rb"^\d+:\w .* # (?!WARNING|Warning)")


class LogFile:
    """Appends bytes; keeps two older files beside the current one, of 5 MB each."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file = path.open("ab")

    def write(self, line: bytes) -> None:
        self._file.write(line)
        self._file.flush()
        if self._file.tell() > _LARGEST_BYTES:
            self._turn_over()

    def close(self) -> None:
        self._file.close()

    def _turn_over(self) -> None:
        self._file.close()
        for number in range(_KEPT, 0, -1):
            older = self._path.with_name(f"{self._path.name}.{number}")
            newer = self._path if number == 1 else self._path.with_name(f"{self._path.name}.{number - 1}")
            if newer.exists():
                newer.replace(older)
        self._file = self._path.open("ab")
