"""What is different between two snapshots of one state, layer by layer."""
