"""A network that reads a text character by character can go on writing one."""
