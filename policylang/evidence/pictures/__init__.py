"""Pictures in plain SVG: pure functions from what is to be shown to text, each with its data as a table."""
