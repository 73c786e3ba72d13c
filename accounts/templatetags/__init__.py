"""What templates say about accounts."""
