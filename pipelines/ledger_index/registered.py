"""The domain that somebody registered, of each address: what its sites are counted under."""

from functools import cache

import pyarrow as pa
import pyarrow.compute as pc

from filters.blocked_domains import PUBLIC_SUFFIXES
from filters.kernels.addresses import Bytes, Offsets, buffers, hosts, slices
from filters.kernels.listed import registered
from filters.kernels.public_suffix import Suffixes, read_suffixes
from pipelines.resource import content


def registered_domains(urls: pa.StringArray) -> pa.StringArray:
    """Name the registered domain of each URL or host by the Public Suffix List's ICANN section; null without a host.

    Below a top-level domain that the list lacks it is the last two labels, as the list's own algorithm has it. An IP
    address, a public suffix, and a host of one label stand for themselves.
    """
    found = hosts(*buffers(urls))
    begins, ends = _begins(found.data, found.offsets), found.offsets[1:]
    names = slices(found.data, begins, ends)
    rest = pc.equal(names, "")
    if pc.any(rest).as_py():
        whole = slices(found.data, found.offsets[:-1], ends).filter(rest)
        names = pc.replace_with_mask(names, rest, _others(whole))
    return pc.if_else(pc.equal(names, ""), None, names)


def domain_of(address: str) -> str | None:
    """Name the registered domain of one URL or host."""
    return registered_domains(pa.array([address.encode("utf-8", "replace").decode()], pa.string()))[0].as_py()


def host_of(address: str) -> str:
    """Give the host of a URL, or a host itself, in lower case and ASCII; empty where there is none."""
    found = hosts(*buffers(pa.array([address.encode("utf-8", "replace").decode()], pa.string())))
    return found.data.tobytes().decode()


def _begins(data: Bytes, offsets: Offsets) -> Offsets:
    return registered(data, offsets, *_suffixes())


def _others(names: pa.StringArray) -> pa.StringArray:
    """Name what the list gives no domain for; each distinct host is looked at once."""
    values = pc.dictionary_encode(names)
    distinct = values.dictionary
    # Below a public suffix, and only there, is something that can be registered.
    below = pc.binary_join_element_wise("x", distinct.cast(pa.string()), ".")
    data, offsets = buffers(below)
    known = (_begins(data, offsets) < offsets[1:]).tolist()
    found = [host if listed else _last_two(host) for host, listed in zip(distinct.to_pylist(), known, strict=True)]
    return pa.array(found, pa.string()).take(values.indices)


def _last_two(host: str) -> str:
    labels = host.split(".")
    address = host.startswith("[") or labels[-1].isdigit()
    return host if address else ".".join(labels[-2:])


@cache
def _suffixes() -> Suffixes:
    return read_suffixes(content(PUBLIC_SUFFIXES))
