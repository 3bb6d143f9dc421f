"""Rules over a policy by itself: one rule a file, named for the fault it finds; its docstring is its page."""
