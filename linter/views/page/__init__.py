"""The state on one page of HTML."""
