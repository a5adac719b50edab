"""How far back through time a gradient reaches, factor by factor, for any cell."""

from lab.gradient_flow.session import GradientFlow

LAB = GradientFlow
