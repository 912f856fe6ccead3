"""Grade assignments at class scale: rebuild, run apart, judge outside, record, report."""
