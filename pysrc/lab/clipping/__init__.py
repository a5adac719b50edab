"""One exploding gradient, cut by value and by norm, and a network trained with and without."""

from lab.clipping.session import Clipping

LAB = Clipping
