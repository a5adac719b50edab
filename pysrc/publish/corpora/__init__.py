"""The texts the book's models learn from: found, hash-checked, made plain, never committed."""
