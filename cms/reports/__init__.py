"""What is read out of the site."""
