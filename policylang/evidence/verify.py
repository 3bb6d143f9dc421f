"""Re-performance: a folder of evidence compared with its manifest, then made again from the same inputs and compared.

The acceptance test of working papers is that another informed person repeats the work and reaches the same
conclusion. Nothing here trusts the manifest: every hash in it is worked out again, and where the inputs are at hand the
whole work (an assessment, or an annual report) is repeated and must give the same bytes, the manifest included.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from policylang.evidence.reperform import files
from policylang.evidence.reperform.compare import compare
from policylang.evidence.reperform.found import Found
from policylang.evidence.reperform.inputs import inputs
from policylang.evidence.reperform.read import read_manifest
from policylang.evidence.reperform.repeat import repeat
from policylang.findings.finding import Finding


class Repeated(StrEnum):
    """What became of the re-performance."""

    SAME = "same"
    DIFFERENT = "different"
    NOT_DONE = "not-done"


@dataclass(frozen=True, slots=True)
class Verification:
    """``same`` names what was compared and found unchanged, ``findings`` each difference, ``repeated`` the re-run."""

    same: tuple[str, ...]
    findings: tuple[Finding, ...]
    repeated: Repeated


def verify(folder: Path, beside: Sequence[Path] = (), key: Path | None = None) -> Verification:
    """Compare ``folder`` with its manifest and repeat the work with inputs found in the folders ``beside``.

    Inputs are found by name and taken only if their hash is the recorded one; each that is missing or changed is a
    finding, and then nothing is repeated. Nor is it from a manifest of an older form, which is a finding too. Raises
    :class:`Problem` where there is no manifest that can be read.
    """
    found = Found(read_manifest(folder))
    files.form(found)
    files.manifest(found)
    files.outputs(found)
    can_repeat = found.manifest.form.is_newest
    if can_repeat:  # else it is another version that made the folder, which is said once
        files.installed(found)
    there = inputs(found, [folder, *beside], key)
    repeated = Repeated.NOT_DONE
    if there.complete and can_repeat:
        again = repeat(found, there)
        if again is not None:
            repeated = Repeated.SAME if compare(found, again) else Repeated.DIFFERENT
    return Verification(tuple(found.same), tuple(found.findings), repeated)
