"""A network reads a date in any spelling and writes it anew: what does it look at meanwhile?"""

from lab.attention.session import AttentionLab

LAB = AttentionLab
