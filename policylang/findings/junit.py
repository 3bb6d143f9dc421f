"""Findings as a JUnit report, which most build servers show: an error or a warning is a failure, the rest pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from xml.etree import ElementTree

from policylang.findings.finding import Finding, Severity
from policylang.findings.words import parts, spot

# What XML 1.0 cannot hold, however it is escaped.
_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FAULTS = {Severity.ERROR, Severity.WARNING}


def render(findings: Sequence[Finding]) -> str:
    """One suite called ``policylang`` with a test case for each finding, in their order."""
    failures = sum(finding.severity in _FAULTS for finding in findings)
    totals = {"tests": str(len(findings)), "failures": str(failures), "errors": "0", "skipped": "0"}
    top = ElementTree.Element("testsuites", {"name": "policylang", **totals})
    suite = ElementTree.SubElement(top, "testsuite", {"name": "policylang", **totals})
    for finding in findings:
        _case(suite, finding)
    ElementTree.indent(top)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(top, encoding="unicode") + "\n"


def _case(suite: ElementTree.Element, finding: Finding) -> None:
    place = finding.place
    names = {"classname": finding.rule, "name": f"{finding.code or finding.rule} {finding.id}"}
    if place is not None:
        names["file"] = place.file
        names["name"] = f"{finding.code or finding.rule} {spot(place)} {finding.id}"
        if place.line is not None:
            names["line"] = str(place.line)
    case = ElementTree.SubElement(suite, "testcase", {key: _clean(value) for key, value in names.items()})
    detail = "\n".join([finding.message, *(f"{label}: {text}" for label, text in parts(finding)), finding.explain])
    if finding.severity in _FAULTS:
        said = {"type": finding.severity.value, "message": _clean(finding.message)}
        ElementTree.SubElement(case, "failure", said).text = _clean(detail)
    else:
        ElementTree.SubElement(case, "system-out").text = _clean(detail)


def _clean(text: str) -> str:
    return _NOT_XML.sub("\ufffd", text)
