"""WHAT IS TAUGHT: the catalogue of programmes and sessions with their stable codes, and the pages that explain them."""
