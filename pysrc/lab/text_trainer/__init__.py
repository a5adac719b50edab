"""A network learns a text while you watch: pick a book, or bring your own."""

from lab.text_trainer.session import TextTrainer

LAB = TextTrainer
