"""External routers and the Codex CLI, one file each."""
