"""What commands of OpenClaw's own would make of the raw tables of a state."""
