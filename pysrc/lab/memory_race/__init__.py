"""Three cells, one task, one budget: which one remembers, and how far back does it learn?"""

from lab.memory_race.session import MemoryRace

LAB = MemoryRace
