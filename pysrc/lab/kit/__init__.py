"""What labs are made with: declaring controls, keeping sessions, packing snapshots."""

from lab.kit.controls import ControlError
from lab.kit.registry import UnknownLab, first_frame

__all__ = ["ControlError", "UnknownLab", "first_frame"]
