"""Between the window and everything that takes time: the store, pure work, and the station."""
