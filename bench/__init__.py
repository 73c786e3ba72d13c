"""What `make bench` runs: the product measured against the least that the same server and library can do."""
