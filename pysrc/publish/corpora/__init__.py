"""The texts the book's models learn from: found, hash-checked, made plain, never committed."""

from publish.corpora.make import read_text, text_names, write

__all__ = ["read_text", "text_names", "write"]
