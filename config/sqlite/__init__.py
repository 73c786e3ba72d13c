"""The embedded database as Django has it, but for how much one statement may hold."""
