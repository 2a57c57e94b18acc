"""An app without models, whose migrations try what an upgrade may do to a database in use."""
