"""What the force answers for: looks at records that need an explanation, how long records are kept, figures, quality, health."""
