"""Findings: one object for everything the tool has to say, and its renderers. Knows nothing of policies or cases."""
