"""How OpenClaw chooses a credential: what agents see, in which order, and what sessions do next."""
