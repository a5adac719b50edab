"""Measured series, one a line: date, space, number. Each is a column of a table of `vega-datasets`.

- Carbon dioxide at Mauna Loa, monthly means in parts per million, 1958 to 2020: Scripps CO2 Program
  (C. D. Keeling and others), licence CC BY 4.0. Months without a valid measurement are missing.
- The highest temperature of each day at Seattle, in degrees Celsius, 2012 to 2015: NOAA National
  Climatic Data Center, a work of the United States government, in the public domain.
"""

import csv
from io import StringIO


def column(table: str, date: str, value: str) -> str:
    """Two columns of a table of comma-separated values, as lines."""
    rows = csv.DictReader(StringIO(table))
    return "".join(f"{row[date]} {float(row[value]):g}\n" for row in rows)
