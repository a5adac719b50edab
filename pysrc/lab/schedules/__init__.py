"""How far to step, and when: learning-rate schedules and batch sizes, raced from one seed."""

from lab.schedules.session import Schedules

LAB = Schedules
