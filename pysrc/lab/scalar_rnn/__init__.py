"""One hidden number, five weights: a whole recurrent network in reach of your hands."""

from lab.scalar_rnn.session import ScalarRnn

LAB = ScalarRnn
