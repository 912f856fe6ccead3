"""What the maths powers: one algorithm in each file, used as its namesake in scikit-learn is."""
