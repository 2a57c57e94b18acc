"""Pictures of the product for people who evaluate it; no part of the product."""
