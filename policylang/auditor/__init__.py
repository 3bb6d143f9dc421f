"""Judging past cases: the duties of a policy and of a code, replayed on each case of a complaints log."""
