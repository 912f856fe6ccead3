"""Scripts that made the stored files in mathml/data and tests/data, kept so that anyone can see how."""
