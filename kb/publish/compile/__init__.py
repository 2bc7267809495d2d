"""From rows of the desk to what an edition will say: one file for each kind of record."""
