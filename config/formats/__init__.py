"""Swedish ways of writing dates and numbers, where Django's own read them month first."""
