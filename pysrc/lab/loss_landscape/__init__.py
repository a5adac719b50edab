"""The loss seen from above, with a cliff in it, and three ways to look for its lowest place."""

from lab.loss_landscape.session import LossLandscape

LAB = LossLandscape
