"""How Stins is wired: settings, addresses and the two doors a web server knocks on. No room imports this one."""
