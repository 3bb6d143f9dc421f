"""The clock: calendars, durations, deadlines, lateness, and the command that shows them."""
