"""What counts and compares across models: querysets in, dataclasses out, today passed in."""
