"""What labs about text share: models, seeds, records of reading and writing, and their figures."""
