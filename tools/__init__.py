"""What makes the repository's products; run as `python -m tools.<name>` in the root. Students get none of it."""
