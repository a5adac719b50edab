"""Prose or code? A line is read character by character, and the opinion forms before your eyes."""

from lab.classify.session import Classify

LAB = Classify
