"""The tables over which rules are evaluated: their schema, redaction, and identity comparison."""
