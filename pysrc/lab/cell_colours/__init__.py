"""One unit of a network that reads: when does it light up, and what is it counting?"""

from lab.cell_colours.session import CellColours

LAB = CellColours
