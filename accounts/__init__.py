"""WHO SIGNS IN: people as e-mail addresses, and rules about persons that every room may ask. No roles and no school."""
