"""The web and the command line."""
