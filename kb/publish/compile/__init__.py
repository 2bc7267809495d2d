"""From rows to main entities: what each record says, as JSON, before it is sealed."""
