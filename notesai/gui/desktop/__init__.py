"""The window on its desktop: tray, hotkey, second starts, start at login."""
