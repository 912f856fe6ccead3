"""The mathematics of machine learning, from scratch in NumPy: one module for each topic."""

__version__ = "0.1.0"
