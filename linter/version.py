"""The version of authlint."""

__version__ = "0.1.0"
