"""Somebody else's workbook or Word file, changed in a few places and nowhere else."""
