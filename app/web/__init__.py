"""What every page shares: addresses, forms, errors, headers, templates, and the readers' door."""
