"""One file a revision; none imports a model, so that each stays what it was."""
