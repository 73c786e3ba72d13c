"""What writes for the site besides its editors."""
