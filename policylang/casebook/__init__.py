"""The casebook: reading people's complaints logs safely, and saying of every row and cell what became of it.

``reader.read_cases`` is the way in; ``reader.propose_mapping`` and ``mapping_file.load_mapping`` settle which column is
which, ``quality.quality_findings`` holds facts against each other, ``example.make_example`` makes up a log to try.
"""
