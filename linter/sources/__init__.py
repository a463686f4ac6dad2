"""Bytes, parsing, and where a JSON pointer lies in a text. Knows nothing of OpenClaw or of rules."""
