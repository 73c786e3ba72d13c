"""THE SITE AND THE HANDBOOK: the shell every room extends, plain pages, the support list, and the drawn line."""
