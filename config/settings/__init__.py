"""One settings module per place Stins runs: development, production, test; all of them build on base."""
