"""A load test of the whole service: `make load`. docs/performance.md, "Under load", says what it does and what was found."""
