"""The seal of the log: each entry hashed, each batch of entries a Merkle tree, each tree tied to the one before (decision 26)."""
