"""How good the reading is and how fast: scores against gold files, and time by stage."""
