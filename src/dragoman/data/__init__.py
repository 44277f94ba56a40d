"""The tables of words, read through :mod:`importlib.resources`."""
