"""The synthetic force of demonstrations and benchmarks: no person in it is real."""
