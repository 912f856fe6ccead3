"""Scripts that made the stored files in mathml/data, kept so that anyone can see how, and make them again."""
