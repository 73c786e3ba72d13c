"""What writes more than one row, or must be logged."""
