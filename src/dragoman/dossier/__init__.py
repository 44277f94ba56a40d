"""A dossier: many reports, one record."""
