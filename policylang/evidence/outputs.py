"""The finished files of an assessment: their bytes by name, the large ones kept small until they are written."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path


class Outputs(Mapping[str, bytes]):
    """Files by name, in the order in which they were put in. Nothing has been written anywhere yet."""

    def __init__(self) -> None:
        self._files: dict[str, bytes | _Packed] = {}
        self._digests: dict[str, str] = {}

    def put(self, name: str, data: bytes) -> None:
        """Keep a file."""
        self._files[name] = data
        self._digests[name] = hashlib.sha256(data).hexdigest()

    def put_blocks(self, name: str, blocks: Iterable[bytes]) -> None:
        """Keep a large file that comes in blocks, compressed as they come."""
        packed = _Packed(blocks)
        self._files[name], self._digests[name] = packed, packed.digest

    def digest(self, name: str) -> str:
        """The SHA-256 of a file."""
        return self._digests[name]

    @property
    def digests(self) -> dict[str, str]:
        """The SHA-256 of every file by its name."""
        return dict(self._digests)

    def write(self, name: str, path: Path) -> None:
        """Write one file. Raises ``OSError`` as writing does."""
        with path.open("wb") as file:
            for block in self._blocks(name):
                file.write(block)

    def __getitem__(self, name: str) -> bytes:
        return b"".join(self._blocks(name))

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)

    def _blocks(self, name: str) -> Iterable[bytes]:
        kept = self._files[name]
        return (kept,) if isinstance(kept, bytes) else kept.blocks()


class _Packed:
    def __init__(self, blocks: Iterable[bytes]) -> None:
        digest, packing = hashlib.sha256(), zlib.compressobj(1)

        def pack(block: bytes) -> bytes:
            digest.update(block)
            return packing.compress(block)

        # One block is packed beside the making of the next: neither the sum nor the packing holds Python up.
        with ThreadPoolExecutor(1) as beside:
            packing_now: list[Future[bytes]] = []
            self._packed: list[bytes] = []
            for block in blocks:
                if packing_now:
                    self._packed.append(packing_now.pop().result())
                packing_now.append(beside.submit(pack, block))
            self._packed += [done.result() for done in packing_now]
        self._packed.append(packing.flush())
        self.digest = digest.hexdigest()

    def blocks(self) -> Iterator[bytes]:
        unpacking = zlib.decompressobj()
        for part in self._packed:
            yield unpacking.decompress(part)
        yield unpacking.flush()
