"""From many reports' claims to one record: pure functions over dataclasses, whatever their order."""
