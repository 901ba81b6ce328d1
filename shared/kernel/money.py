"""Money is whole euro cents in an int, named `_cents`; nothing here rounds in binary."""

from decimal import ROUND_HALF_UP, Decimal


def to_cents(amount: Decimal) -> int:
    """Euros to cents, half a cent up, as on German invoices."""
    return int((amount * 100).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_euros(cents: int) -> Decimal:
    """Cents to euros with two decimals."""
    return Decimal(cents) / 100
