"""The words of the field, pure: no I/O, no SQL."""
