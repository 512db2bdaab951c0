"""Writes numbers for readers: thousands are separated, a share is a percentage with one decimal."""


def whole(number: int) -> str:
    """Write a count, `12,345`."""
    return f"{number:,}"


def percent(share: float) -> str:
    """Write a share of one, `12.3%`."""
    return f"{share:.1%}"


def counted(number: int, one: str, many: str = "") -> str:
    """Write a count with its noun: `1 record`, `2 records`."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
