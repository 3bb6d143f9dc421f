"""Tests of stories: the reader, the replay and its coverage, writing refutations down, and mutants."""
