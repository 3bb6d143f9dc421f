"""Tests of the checker: pages of examples, laws, an oracle for deadlines, the round trip with the auditor."""
