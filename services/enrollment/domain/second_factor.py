"""Rules of the second factor: codes of an authenticator app (RFC 6238), and recovery codes for a lost phone."""

from shared.kernel.ids import new_code, normalise_code

RECOVERY_CODES = 8
#: 12 of 24 characters: 55 bits, used once, behind the limits on guessing.
RECOVERY_CODE_LENGTH = 12
TIME_STEP_SECONDS = 30


def new_recovery_codes() -> list[str]:
    """One set of recovery codes, as they are stored (fingerprinted) and compared."""
    return [new_code(RECOVERY_CODE_LENGTH) for _ in range(RECOVERY_CODES)]


def show_recovery_code(code: str) -> str:
    """A recovery code as it is printed: three groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def looks_like_recovery_code(typed: str) -> bool:
    """Whether somebody typed a recovery code into the field for the app's six digits."""
    return len(normalise_code(typed)) == RECOVERY_CODE_LENGTH
