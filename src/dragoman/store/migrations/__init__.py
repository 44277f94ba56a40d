"""Changes of the tables, one file a version; run by :mod:`dragoman.store.schema`."""
