"""What makes files: one set of tables, and each format's own way of writing them."""
