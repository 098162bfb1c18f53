"""Every screen in every state as a picture, off-screen: for the docs, and for looking at."""
