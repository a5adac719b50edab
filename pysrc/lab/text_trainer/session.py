"""The trainer at work: what each control and button does.

A change of the learning rate, its schedule, the clip or the length goes on with the run there is; a
change of anything else is another run (`lab.text_trainer.bench`).
"""

import time
from collections.abc import Collection, Mapping
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.registry import drawn
from lab.kit.text.models import well_formed
from lab.text_trainer import controls, keeping, outputs, view
from lab.text_trainer.bench import Bench
from lab.text_trainer.course import Course
from lab.text_trainer.declaration import DECLARATION
from lab.text_trainer.keeping import Kept, Seen
from lab.text_trainer.making import Loaded, run_settings, steps_of
from lab.text_trainer.texts import LABELS, OWN, Text, decoded, refuse_unfit
from rnn.export.python_training import Training

KEEP_SECONDS = 10.0  # between two times that the page is asked to keep the run
KEPT_AT_ONCE = 8_000_000  # bytes: what is longer is kept less often
FRAME_MS = 100  # a learning curve need not be drawn more often
CALMER = 0.1
NOTE_STAYS = frozenset({"rate", "reads", "temperature", "start"})  # true of a preset all the same


class TextTrainer:
    """One reader's trainer; `lab.kit.registry.Lab` says what a page may ask of it."""

    declaration = DECLARATION

    def __init__(self, options: Mapping[str, object]) -> None:
        self._bench = Bench(options)
        well_formed("start", self._bench.settings["start"])
        self._running = False
        self._said = ""
        self._output: dict[str, Any] | None = None
        self._keep, self._kept_at = 0, 0.0
        self._actions = {
            "train": self._train,
            "restart": self._restart,
            "bring_back": self._bring_back,
            "sample": self._sample,
            "save": self._save,
            "script": self._script,
            "torch": self._torch,
            "calm": self._calm,
        }

    # What comes from outside

    def give(self, name: str, data: bytes) -> None:
        """Take one of the book's texts; raise ControlError if it is none."""
        self._bench.library[name] = Text(name, decoded("corpus", data))
        self._bench.begin()

    def upload(self, control: str, filename: str, data: bytes) -> None:
        """Take the reader's own text, or a model's file; raise ControlError for what is none."""
        self._output, bench = None, self._bench
        if control == "own_text":
            content = decoded(control, data, bench.settings["encoding"])
            refuse_unfit(control, content)
            self._put_aside()
            bench.own = Text(filename or "what you wrote", content)
            bench.settings = bench.settings.changed_by({"corpus": OWN})
            said = f"Taken: {len(content):,} characters."
        else:
            loaded = Loaded.of(control, filename, data)
            self._put_aside()
            bench.loaded = loaded
            said = f"Loaded {filename}."
        self._said = " ".join(filter(None, (said, self._said)))
        self._keep += 1
        bench.begin()

    def set(self, values: Mapping[str, object]) -> None:
        """Set controls; when one value is refused, none takes effect."""
        self._output, bench = None, self._bench
        before, after = bench.settings, bench.settings.changed_by(values)
        well_formed("start", after["start"])
        changed = {name for name in after.values if after[name] != before[name]}
        if "preset" in values:
            self._running = False
        if changed & controls.OF_THE_RUN:
            self._put_aside()
            if changed & controls.OF_THE_NETWORK:
                bench.loaded = None
        bench.settings = after
        course = bench.course
        if course is None:
            # It may have been too much, and be so no longer.
            if changed & controls.OF_THE_RUN or (changed and bench.problem):
                bench.begin()
            return
        if changed & controls.ON_THE_WAY:
            wanted = run_settings(after, course.run.text, course.run.settings.dtype)
            course.run.adjust(wanted, steps_of(after, course.run.settings))
            self._keep += 1
        if changed & controls.OF_THE_WRITING:
            course.writing = bench.writing
            course.ask("sample")

    def _put_aside(self) -> None:
        self._running = False
        self._said = self._bench.put_aside()

    # Work

    def advance(self, budget_ms: float) -> None:
        """Work for one slice: prepare, learn, judge, write a sample."""
        self._output, bench = None, self._bench
        until = time.perf_counter() + budget_ms / 1000.0
        bench.prepare(until)
        course = bench.course
        if bench.preparing or course is None:
            return
        if not self._running:
            looking = course.busy
            course.look(until)
            if looking and not course.busy and course.characters:
                self._keep_now()  # what was just judged belongs to the run
            return
        course.advance(until)
        bench.learn_speed()
        trainer = course.run.trainer
        if trainer.diverged:
            self._stop("The last good weights are back.")
        elif trainer.finished and not course.busy:
            self._stop(f"Finished after {course.characters:,} characters.")
        elif time.perf_counter() - self._kept_at > self._keep_every(course):
            self._keep_now()

    def _keep_every(self, course: Course) -> float:
        size, own = 4 * course.run.model.parameters.flat.nbytes, self._bench.own
        if own and self._bench.settings["corpus"] == OWN:
            size += len(own.content)
        return KEEP_SECONDS * max(1.0, size / KEPT_AT_ONCE)

    def _keep_now(self) -> None:
        self._keep += 1
        self._kept_at = time.perf_counter()

    def _stop(self, said: str) -> None:
        self._running, self._said = False, said
        if self._bench.course:
            self._bench.course.rest()
            self._keep_now()

    # Buttons

    def act(self, action: str, _argument: object = None) -> None:
        """Press a button."""
        self._output = None
        if action not in self._actions:
            raise ControlError(f"{action!r} is not an action; actions: {', '.join(self._actions)}")
        self._actions[action]()

    def _train(self) -> None:
        bench = self._bench
        if self._running:
            self._stop("Paused.")
            if bench.course:
                bench.course.ask("judge")
            return
        if bench.problem:
            raise ControlError(bench.problem)
        if bench.text is None and not bench.wants:
            raise ControlError("own_text: paste, type, drop or choose a text first")
        self._said = f"Training begins when {LABELS[bench.wants]} is here." if bench.wants else ""
        self._go()
        if bench.course and bench.course.run.trainer.finished:  # once more as long
            to_read = min(2 * bench.course.to_read, controls.MOST_READ)
            self.set({"reads": to_read})

    def _go(self) -> None:
        self._running, self._kept_at = True, time.perf_counter()
        if self._bench.course:
            self._bench.course.run.trainer.roll_back()

    def _restart(self) -> None:
        self._put_aside()
        self._bench.loaded = None
        self._bench.begin()

    def _bring_back(self) -> None:
        self._running = False
        self._bench.bring_back()
        self._said = f"Back at {self._there().characters:,} characters."
        self._keep_now()

    def _there(self) -> Course:
        if self._bench.course is None:
            raise ControlError(self._bench.problem or "there is no network yet")
        return self._bench.course

    def _sample(self) -> None:
        self._there().ask("sample")

    def _calm(self) -> None:
        self._there()
        self.set({"rate": float(f"{max(CALMER * self._bench.settings['rate'], 1e-6):.3g}")})
        self._said = ""
        self._go()

    @property
    def _name(self) -> str:
        text = self._bench.text
        return outputs.stem(text.name if text else "text", self._there().run.model)

    def _save(self) -> None:
        loaded, run = self._bench.loaded, self._there().run
        whole = loaded.data if loaded and self._bench.problem else run.to_bytes()
        self._output = outputs.file(self._name, whole)

    def _torch(self) -> None:
        self._output = outputs.torch(self._name, self._there().run.model)

    def _script(self) -> None:
        run = self._there().run
        chosen, limit = run.settings, run.trainer.clip.limit
        training = Training(run.trainer.learning_rate, chosen.batch, chosen.length, limit)
        self._output = outputs.script(self._name, run.model, training)

    # What outlives the page

    def kept(self) -> bytes:
        """Everything to go on from here, the reader's own text too."""
        bench, settings = self._bench, self._bench.settings
        if bench.restored:
            return bench.restored[0]
        course, loaded = bench.course, bench.loaded
        if course is None or bench.problem:
            model, seen = loaded.data if loaded else b"", {}
        else:
            model, seen = course.run.to_bytes(), keeping.seen(course)
        own = bench.own if settings["corpus"] == OWN else None
        documents = view.documents(bench)
        values = {name: value for name, value in settings.values.items() if name not in documents}
        return keeping.packed(Kept(settings.preset, values, own, model, seen))

    def restore(self, data: bytes) -> None:
        """Go on from what `kept` gave; raise CheckpointError or ControlError for anything else."""
        bench, kept = self._bench, keeping.unpacked(data)
        settings = bench.settings.changed_by({"preset": kept.preset, **kept.values})
        well_formed("start", settings["start"])
        if kept.own is not None:
            refuse_unfit("own_text", kept.own.content)
        loaded = Loaded.of("model_file", "", kept.model) if kept.model else None
        seen = Seen.of(kept.seen) if kept.seen and loaded else None
        bench.settings, bench.own, bench.loaded = settings, kept.own, loaded
        bench.restored = (data, seen) if seen else None
        self._keep += 1
        self._said = "Your run of before is here again."
        bench.begin()

    # What the page sees

    def snapshot(self, shown: Collection[str] | None = None) -> dict[str, Any]:
        """The whole state as plain data: values, words, which buttons work, figures."""
        bench, settings = self._bench, self._bench.settings
        running = ""
        if bench.preparing:
            running = "prepare"
        elif bench.course:
            running = "train" if self._running else "look" if bench.course.busy else ""
        return {
            "values": {**settings.values, **view.documents(bench), "step": 0},
            "preset": settings.preset,
            "note": settings.note(NOTE_STAYS),
            "start": dict(settings.given),
            "changed": settings.changed,
            "wants": bench.wants,
            "steps": 0,
            "running": running,
            "wait_ms": 0,
            "frame_ms": FRAME_MS,
            "status": view.facts(bench, self._running),
            "problem": view.trouble(bench),
            "said": self._said,
            "keep": self._keep,
            "actions": view.buttons(bench, self._running),
            "readout": view.readout(bench),
            "figures": drawn(view.drawings(bench), shown),
            **({"output": self._output} if self._output else {}),
        }
