"""A trained network leaves: as weights PyTorch loads, or as one script anybody can read."""
