"""Sentences that do not fit, answered by the sentences they should be."""

from __future__ import annotations

from policylang.language.mistakes.report import RULES, place

__all__ = ["RULES", "place"]
