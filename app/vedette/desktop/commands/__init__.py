"""Every user action, registered once: menus, shortcuts, palette, help and tests read the registry."""
