"""One module per command: options in, calls out."""
