"""All captures of an address."""

from dataclasses import dataclass

from pipelines.ledger_index.registered import domain_of
from pipelines.ledger_index.surt import address_key
from provenance.captures import Capture, by_address, nowhere
from provenance.opened import Opened

_DOMAIN = "SELECT captures FROM read_parquet($files) WHERE domain = $domain"


@dataclass(frozen=True, slots=True)
class Address:
    """The captures of one address, whatever its scheme, case or order of query."""

    wanted: str
    #: what makes addresses the same
    surt: str
    #: whether this release has read any
    known: bool
    says: str
    #: documents first, then the latest
    captures: tuple[Capture, ...]
    #: how many there are, which may be more than are listed
    count: int
    #: of an address without captures: those of other pages of its registered domain
    elsewhere: int | None


def address(opened: Opened, url: str) -> Address:
    """List the captures of an address, or say that there are none in the inputs, and how many its domain has."""
    captures, count = by_address(opened, url)
    if captures:
        says = f"{count:,} captures, {sum(one.outcome == 'kept' for one in captures):,} of those listed are kept"
        return Address(url, address_key(url), True, says, tuple(captures), count, None)
    domain = domain_of(url)
    rows = opened.ask(_DOMAIN, files=opened.holding("domains", domain), domain=domain) if domain else []
    elsewhere = rows[0]["captures"] if rows else 0
    says = f"{nowhere(opened, 'address')} Other pages of {domain or 'its host'} have {elsewhere:,} captures here."
    return Address(url, address_key(url), False, says, (), 0, elsewhere)
