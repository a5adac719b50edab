"""Fifty steps through a network nobody has trained: what its first weights do to what passes."""

from lab.initialisation.session import Initialisation

LAB = Initialisation
