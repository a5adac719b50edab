"""Tag every character: a network that reads one way beside one that reads both ways."""

from lab.bidirectional.session import Bidirectional

LAB = Bidirectional
