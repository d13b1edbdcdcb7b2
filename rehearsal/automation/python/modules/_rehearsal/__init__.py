"""The Python side of the rehearsal. Scripts cannot import it."""
