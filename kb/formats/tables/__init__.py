"""Tables for spreadsheets and statistics: document → rows of four tables, and the package that explains each column."""
