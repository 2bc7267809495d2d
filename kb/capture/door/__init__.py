"""The door to the network in parts: what an address may be, where it may lead, and how much may come in."""
