"""What authlint does for somebody: one module per use case, called by `cli/` and `api/` alike."""
