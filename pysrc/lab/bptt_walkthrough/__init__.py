"""Backpropagation through time with a pencil: every number can be opened, none is skipped."""

from lab.bptt_walkthrough.session import BpttWalkthrough

LAB = BpttWalkthrough
