"""What comes next in a series of measurements, and is a network better than repeating the last?"""

from lab.forecast.session import Forecast

LAB = Forecast
