"""Publishing: the bridge from the desk to the log, and the only room that sees both."""
