"""Count patterns: one wide layer beside several narrow ones."""

from lab.depth.session import Depth

LAB = Depth
