"""What came out when the work was repeated, against what stands in the folder and in the manifest."""

from __future__ import annotations

import json
from collections.abc import Iterator

from policylang.evidence.annual.files import MANIFEST
from policylang.evidence.outputs import Outputs
from policylang.evidence.reperform.found import Found

MOST = 50
"""Differences of the manifest that are told; where there are more, everything is different."""


def compare(found: Found, again: Outputs) -> bool:
    """Whether everything came out the same, the manifest included; each difference is a finding."""
    before = len(found.findings)
    recorded = found.manifest.data["outputs"]
    for name, digest in sorted(again.digests.items()):
        if name == MANIFEST:
            _manifest(found, again)
        elif recorded.get(name) == digest:
            found.same.append(f"{name} comes out the same when the work is repeated")
        else:
            found.differs(
                "not-reproduced",
                "PL-V11",
                f"{name} comes out otherwise when the work is repeated.",
                "Look at the control totals that differ; if none does, the layout of the file has changed.",
                file=name,
                expected=f"SHA-256 {recorded[name]}" if name in recorded else "no such file",
                found=f"SHA-256 {digest}",
            )
    for name in sorted(set(recorded) - set(again)):
        found.differs(
            "not-reproduced",
            "PL-V11",
            f"{name} does not come out at all when the work is repeated.",
            "If the tool differs too, that is why; if not, the manifest was changed by hand.",
            file=name,
            expected=f"SHA-256 {recorded[name]}",
            found="no such file",
        )
    return len(found.findings) == before


def _outputs_differ(found: Found, again: Outputs) -> bool:
    digests = {name: digest for name, digest in again.digests.items() if name != MANIFEST}
    return dict(found.manifest.data["outputs"]) != digests


def _manifest(found: Found, again: Outputs) -> None:
    data = again[MANIFEST]
    if found.manifest.raw == data:
        found.same.append(f"{MANIFEST} comes out the same when the work is repeated")
        return
    differences = [
        (path, then, now)
        for path, then, now in _differences("", found.manifest.data, json.loads(data))
        if path != "seal" and not path.startswith("outputs.")  # the outputs are told file by file
    ]
    if not differences and found.manifest.as_written and not _outputs_differ(found, again):
        differences = [("manifest.json", "the bytes in the folder", "other bytes")]
    for path, then, now in differences[:MOST]:
        found.differs(
            "not-reproduced",
            "PL-V11",
            f"“{path}” in the manifest comes out otherwise when the work is repeated.",
            "If an input or the tool differs too, that is why; if not, the manifest was changed by hand.",
            expected=_told(then),
            found=_told(now),
        )
    if len(differences) > MOST:
        found.differs(
            "not-reproduced",
            "PL-V11",
            f"{len(differences) - MOST:,} more entries of the manifest come out otherwise.",
            "Look at the first ones; they mostly have one cause.",
        )


def _differences(path: str, then: object, now: object) -> Iterator[tuple[str, object, object]]:
    if isinstance(then, dict) and isinstance(now, dict):
        for key in sorted({*then, *now}):
            yield from _differences(f"{path}.{key}" if path else key, then.get(key), now.get(key))
    elif isinstance(then, list) and isinstance(now, list) and len(then) == len(now):
        for place, (a, b) in enumerate(zip(then, now, strict=True), start=1):
            yield from _differences(f"{path}[{place}]", a, b)
    elif type(then) is not type(now) or then != now:  # 1 and true are equal, and not the same
        yield path, then, now


def _told(value: object) -> str:
    text = "nothing" if value is None else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 200 else text[:199] + "…"
