"""What labs are made with: declaring controls, keeping sessions, packing snapshots."""

from lab.kit.controls import ControlError
from lab.kit.registry import FileRefused, UnknownLab, first_frame

__all__ = ["ControlError", "FileRefused", "UnknownLab", "first_frame"]
