"""Dragoman reads press coverage of international negotiations and keeps the record of it."""
