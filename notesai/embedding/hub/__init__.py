"""A hub that models are downloaded from: what it has, and bringing files from it."""
