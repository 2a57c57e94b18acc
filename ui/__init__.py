"""How pages look: form rendering, widgets, template tags and the design-system files. Knows no domain."""
