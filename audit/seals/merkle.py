"""Merkle trees in the shape of RFC 6962 (RFC 9162, section 2.1), with SHA-256."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

HASH_BYTES = 32


def leaf_of(data: bytes) -> bytes:
    """Return the hash of an entry; the prefix keeps entries and inner nodes apart."""
    return sha256(b"\x00" + data).digest()


def node_of(left: bytes, right: bytes) -> bytes:
    """Return the hash of two nodes."""
    return sha256(b"\x01" + left + right).digest()


def levels_of(leaves: Sequence[bytes]) -> list[list[bytes]]:
    """Return the nodes of each level from the leaves up to the root; a node without a neighbour moves up as it is."""
    levels = [list(leaves)]
    while len(levels[-1]) > 1:
        below = levels[-1]
        above = [node_of(below[place], below[place + 1]) for place in range(0, len(below) - 1, 2)]
        levels.append(above + below[len(above) * 2 :])
    return levels


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root; that of no leaves is the hash of nothing."""
    return levels_of(leaves)[-1][0] if leaves else sha256(b"").digest()


def path_of(leaves: Sequence[bytes], index: int) -> list[tuple[str, bytes]]:
    """Return the neighbours on the way from a leaf to the root, each with the side on which it stands."""
    path = []
    for level in levels_of(leaves)[:-1]:
        neighbour = index ^ 1
        if neighbour < len(level):
            path.append(("left" if neighbour < index else "right", level[neighbour]))
        index //= 2
    return path


def climb(leaf: bytes, path: Sequence[tuple[str, bytes]]) -> bytes:
    """Return the root that a leaf and its path lead to."""
    for side, neighbour in path:
        leaf = node_of(neighbour, leaf) if side == "left" else node_of(leaf, neighbour)
    return leaf
