"""The parts of the HTML page, one a file: each gives finished markup from the evidence."""
