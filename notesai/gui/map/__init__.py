"""The map of all notes: points, what they are coloured by, and the widgets around them.

Nothing here is imported before the map is first shown.
"""
