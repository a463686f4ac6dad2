"""Captures of what commands and services showed: evidence that no state directory holds."""
