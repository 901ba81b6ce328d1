"""The hash tree is that of RFC 9162: checked against the standard's own definitions, written out as they stand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certification.domain.merkle import (
    EMPTY_ROOT,
    consistency_path,
    fold,
    fold_path,
    grow,
    inclusion_path,
    leaf_hash,
    node_hash,
    peaks,
)

LEAVES = [leaf_hash(str(number).encode()) for number in range(70)]


def split(count: int) -> int:
    power = 1
    while power * 2 < count:
        power *= 2
    return power


def root(leaves: list[bytes]) -> bytes:
    """MTH of section 2.1.1."""
    if len(leaves) < 2:
        return leaves[0] if leaves else EMPTY_ROOT
    middle = split(len(leaves))
    return node_hash(root(leaves[:middle]), root(leaves[middle:]))


def path(position: int, leaves: list[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    middle = split(len(leaves))
    if position < middle:
        return [*path(position, leaves[:middle]), root(leaves[middle:])]
    return [*path(position - middle, leaves[middle:]), root(leaves[:middle])]


def subproof(first: int, leaves: list[bytes], is_known: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    if first == len(leaves):
        return [] if is_known else [root(leaves)]
    middle = split(len(leaves))
    if first <= middle:
        return [*subproof(first, leaves[:middle], is_known), root(leaves[middle:])]
    return [*subproof(first - middle, leaves[middle:], False), root(leaves[:middle])]


@pytest.fixture(scope="module")
def nodes() -> dict[tuple[int, int], bytes]:
    return grow(0, [], LEAVES)[0]


def test_every_tree_has_the_root_of_the_standard(nodes: dict[tuple[int, int], bytes]) -> None:
    for size in range(len(LEAVES) + 1):
        assert fold([nodes[address] for address in peaks(size)]) == root(LEAVES[:size])


def test_every_proof_is_the_one_of_the_standard(nodes: dict[tuple[int, int], bytes]) -> None:
    for size in range(1, len(LEAVES) + 1):
        for position in range(size):
            assert fold_path(inclusion_path(position, size), nodes) == path(position, LEAVES[:size])
        for first in range(1, size + 1):
            assert fold_path(consistency_path(first, size), nodes) == subproof(first, LEAVES[:size], True)


@given(st.lists(st.integers(0, 30), max_size=6))
def test_growing_in_steps_and_at_once_give_the_same_tree(steps: list[int]) -> None:
    leaves = [leaf_hash(bytes([number])) for number in range(sum(steps))]
    found, crown, size = {}, [], 0
    for step in steps:
        made, crown = grow(size, crown, leaves[size : size + step])
        found |= made
        size += step
    assert (found, crown) == grow(0, [], leaves)


def test_a_proof_in_ten_million_leaves_needs_few_subtrees() -> None:
    size = 10_000_019
    for position in (0, 4_999_999, size - 1):
        addresses = {address for part in inclusion_path(position, size) for address in part}
        assert len(addresses) <= 48
