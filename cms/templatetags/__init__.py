"""The tags of the shell and the drawn line."""
