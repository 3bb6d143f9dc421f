"""The model: what a policy or a code means. Typed norms, the vocabulary, calendars and durations, editions by date."""
