"""The engine from a terminal: train on a text, let it write, look inside, take it elsewhere."""
