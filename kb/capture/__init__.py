"""What comes in from outside: pages fetched by the one door to the network, and bytes read into a text of record."""
