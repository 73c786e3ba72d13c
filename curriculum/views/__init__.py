"""Other ways to read a session plan than its page."""
