"""OpenClaw's layouts of each era, and how OpenClaw would select."""
