"""A trained LSTM or GRU taken apart: what each gate does while a letter is remembered."""

from lab.gates.session import Gates

LAB = Gates
