"""What a comparison has found so far: what is the same, and each difference as a finding."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from policylang.evidence.annual.files import MANIFEST
from policylang.evidence.reperform.read import Manifest
from policylang.findings.finding import Finding, Place, Severity


@dataclass(slots=True)
class Found:
    """``same`` names what was compared and found unchanged, ``findings`` each difference."""

    manifest: Manifest
    same: list[str] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def folder(self) -> Path:
        """The folder of the evidence."""
        return self.manifest.folder

    def differs(
        self,
        rule: str,
        code: str,
        message: str,
        help: str,
        *,
        file: str = MANIFEST,
        severity: Severity = Severity.ERROR,
        **parts: Any,
    ) -> None:
        """Add a finding on a file of the folder."""
        place = Place(file=str(self.folder / file))
        self.findings.append(Finding(rule, code, severity, message, place, help=help, **parts))
