"""Readers' pages as a witness of `verify`: each version's page is made by the app itself, and read as HTML is."""
