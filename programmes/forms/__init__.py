"""What reads what someone typed: checks, never saves."""
