"""The yearly figures: performance for the annual report, and the Regulator's measures."""
