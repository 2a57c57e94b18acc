"""Papers, subject by subject: what goes into a PDF, from objects already fetched."""
