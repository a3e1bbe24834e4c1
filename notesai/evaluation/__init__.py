"""Measuring how well a model and the search serve: on labelled sets, or on one's own notes."""
