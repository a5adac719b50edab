"""What a reader's hands do in the labs where two networks learn side by side."""


def figure(lab, name):
    return lab.snapshot([name])["figures"][name]


def values(lab):
    return lab.snapshot(())["values"]


def status(lab):
    return {fact["name"]: fact["value"] for fact in lab.snapshot(())["status"]}


def words(lab):
    return lab.snapshot(())["readout"][0][0]["text"]


def trained(lab, slices=10_000):
    """Press Train and wait."""
    lab.act("train")
    for _ in range(slices):
        if not lab.snapshot(())["running"]:
            break
        lab.advance(50.0)
    return lab
