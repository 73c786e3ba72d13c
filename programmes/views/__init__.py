"""What knows HTTP: fetch, ask, check, act, answer."""
