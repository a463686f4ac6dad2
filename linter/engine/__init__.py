"""Rule files, JMESPath, joins, quantifiers, messages. Knows nothing of OpenClaw."""
