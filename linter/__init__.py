"""A rule-based consistency linter for multi-profile OAuth state."""

__version__ = "0.1.0"
