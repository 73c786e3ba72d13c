"""The tags of the programmes room."""
