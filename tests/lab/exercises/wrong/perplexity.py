"""Usual mistakes, each with its own feedback."""

from tests.lab.exercises.answers import Slip

SLIPS = [
    Slip("the loss", {"return np.exp(loss)": "return loss"}, "e to the loss is missing"),
    Slip("no minus", {"-np.log": "np.log"}, "the minus sign is missing"),
    Slip("sum", {".mean()": ".sum()"}, "logarithms were added up"),
    Slip("mean first", {"-np.log(p).mean()": "-np.log(p.mean())"}, "taken of the probabilities"),
    Slip("bits", {"np.log(": "np.log2("}, "a loss in bits"),
    Slip("2 to nats", {"np.exp(loss)": "2 ** loss"}, "a loss in nats"),
    Slip("mean of 1 / p", {"np.exp(loss)": "(1 / p).mean()"}, "the mean of 1 / p"),
    Slip("an array", {".mean()": ""}, "must be a single number"),
]
