"""A network that has read a book writes one: each character is drawn from its guess."""

from lab.text_sampler.session import TextSampler

LAB = TextSampler
