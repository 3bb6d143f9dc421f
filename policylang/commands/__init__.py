"""The commands: one file a command, each imported only when it is asked for.

``main`` is the click group that the ``policylang`` script, ``python -m policylang`` and ``cli.py`` run. What every
command shares (options, output, exit codes, progress) is in :mod:`policylang.commands.frame`.
"""

from __future__ import annotations

from policylang.commands.group import Commands, Listed

COMMANDS = {
    "annual": Listed("annual", "annual", "A year's figures for the annual report, and the Regulator's measures."),
    "assess": Listed("assess", "assess", "Everything at once, with a self-assessment to open in Excel."),
    "audit": Listed("audit", "audit", "Judge past cases under a policy and the Code."),
    "check": Listed("check", "check", "Hold a policy against a Code, provision by provision."),
    "clock": Listed("clock", "clock", "Work out a deadline and name every day that is skipped."),
    "codes": Listed("codes", "codes", "List the Codes that come with the tool."),
    "diff": Listed("diff", "diff", "Say what changed between two Codes."),
    "example": Listed("example", "example", "Make up a complaints log to try things out on."),
    "explain": Listed("explain", "explain", "Explain a rule, a provision or a word."),
    "facts": Listed("facts", "facts", "Show what a policy says, as a table."),
    "fill": Listed("fill", "fill", "Put the answers into your own self-assessment form."),
    "fmt": Listed("fmt", "fmt", "Lay a policy out in the standard way."),
    "lint": Listed("lint", "lint", "Find the faults in a policy by itself."),
    "map": Listed("map", "map_", "Propose what each column of a workbook holds."),
    "mark": Listed("mark", "mark", "Mark your own workbook where a cell decided a finding."),
    "mutate": Listed("mutate", "mutate", "Change a policy for the worse, and list what nothing notices."),
    "new": Listed("new", "new", "Start a new lint rule in a checkout."),
    "test": Listed("test", "run", "Run the stories beside a policy, and say what they cover."),
    "redact": Listed("redact", "redact", "Make a shareable copy of a log: other dates, the same outcomes."),
    "rehearse": Listed("rehearse", "rehearse", "Judge the same cases under two documents and compare."),
    "replay": Listed("replay", "replay", "Show one case on a line of time, and what would have changed it."),
    "sample": Listed("sample", "sample", "Draw a sample of cases for a person to read."),
    "verify": Listed("verify", "verify", "Repeat the work from its manifest and name every difference."),
}
"""Each command's module, the name of its click command there, and its line in ``policylang --help``."""

main = Commands(
    name="policylang",
    listed=COMMANDS,
    help="""Complaints policies as text that a machine can check.

    Write a policy in plain sentences; then find its faults (lint), hold it against the Complaint Handling Code
    (check), judge past cases by it (audit), and get the self-assessment for your Board (assess).

    \b
      policylang check policies/connect-housing.policy
      policylang explain HO24-6.3
    """,
    epilog="""Results go to standard output, messages to standard error.
    Exit codes: 0 nothing found; 1 something found; 2 wrong use, or a file that cannot be read;
    3 could not decide (with --strict-unknown); 4 a fault in policylang itself.""",
)
