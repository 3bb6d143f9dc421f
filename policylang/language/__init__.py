"""The language: text to syntax tree and back. Knows the shapes of sentences and nothing of what their words mean."""
