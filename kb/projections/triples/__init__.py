"""The SPARQL index: a follower of the log in a process of its own, and questions answered in killable children."""
