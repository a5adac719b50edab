"""What lies on the bench: a text, perhaps a file's model, and the run that is made of them.

A change of the text, the network or the batch is another run. The one before is then put aside, if
it had learned anything, with all that belongs to it, and can be brought back.
"""

import sys
import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Any

from lab.kit.controls import ControlError
from lab.kit.text.settings import Settings
from lab.text_trainer.course import Course, Writing
from lab.text_trainer.declaration import DECLARATION
from lab.text_trainer.estimate import Estimate, estimate, seconds_per_character
from lab.text_trainer.keeping import Seen
from lab.text_trainer.making import Loaded, make_run, run_settings, unfit_run, values_of
from lab.text_trainer.samples import context_of
from lab.text_trainer.study import Studied, study
from lab.text_trainer.texts import CODE, OWN, Text

# In a browser long work is done in slices. Elsewhere nobody waits: a built page shows it done.
SLICED = sys.platform == "emscripten"
Studying = Generator[None, None, Studied]
AT_ONCE = 0.005  # seconds between two pauses


def follow(before: Mapping[str, Any], accepted: dict[str, Any]) -> dict[str, Any]:
    """Of the book's own texts it is known whether they are source code."""
    after = dict(accepted)
    corpus = accepted.get("corpus", before["corpus"])
    if corpus != before["corpus"] and "code" not in accepted and corpus != OWN:
        after["code"] = corpus == CODE
    return after


@dataclass(frozen=True)
class Aside:
    """A run that made room for another, with all that belongs to it."""

    settings: Settings
    course: Course
    studied: Studied
    own: Text | None
    loaded: Loaded | None


class Bench:
    """Makes what is set into a course, in pieces, and keeps the course before."""

    def __init__(self, options: Mapping[str, object]) -> None:
        self.settings = Settings.opened(DECLARATION, options, follow)
        self.library: dict[str, Text] = {}
        self.own: Text | None = None
        self.loaded: Loaded | None = None
        self.course: Course | None = None
        self.aside: Aside | None = None
        self.problem = ""  # why there is no course, or none that can train
        self.restored: tuple[bytes, Seen] | None = None  # until its course stands
        self._studied: tuple[Text, Loaded | None, Studied] | None = None
        self._studying: tuple[Text, Loaded | None, Studying] | None = None
        self._work: Generator[None, None, None] | None = None
        self._factor = 1.0  # how many times as long as guessed learning takes here

    @property
    def text(self) -> Text | None:
        """The text that is set, if it is here."""
        corpus = self.settings["corpus"]
        return self.own if corpus == OWN else self.library.get(corpus)

    @property
    def wants(self) -> str | None:
        """The text of the book's that is set and not here yet."""
        corpus = self.settings["corpus"]
        return None if corpus == OWN or corpus in self.library else str(corpus)

    @property
    def preparing(self) -> bool:
        """True until what is set has become a course, or a problem."""
        return self._work is not None

    @property
    def studied(self) -> Studied | None:
        """The text in numbers."""
        return self._studied[2] if self._studied else None

    @property
    def writing(self) -> Writing:
        """How samples are to be written."""
        settings = self.settings
        return Writing(settings["start"], settings["temperature"], settings["code"])

    # Runs come and go

    def put_aside(self) -> str:
        """Make room for another run; say so if the one before is worth having."""
        course, studied = self.course, self.studied
        said = ""
        if course is not None and studied is not None and course.characters:
            self.aside = Aside(self.settings, course, studied, self.own, self.loaded)
            said = f"The run of {course.characters:,} characters is set aside."
        if self.restored:
            self.loaded = None
        self.course = self.restored = None
        return said

    def bring_back(self) -> None:
        """Let the run that was put aside change places with the one there is."""
        aside = self.aside
        if aside is None:
            raise ControlError("no run was set aside")
        self.put_aside()
        if self.aside is aside:  # the one that goes had learned nothing
            self.aside = None
        self.settings, self.course = aside.settings, aside.course
        self.own, self.loaded = aside.own, aside.loaded
        if text := self.text:
            self._studied = (text, aside.loaded, aside.studied)
        self._work, self.problem = None, ""

    def begin(self) -> None:
        """Start making what is set into a course."""
        self.course, self.problem = None, ""
        self._work = self._beginning() if self.text else None
        if not SLICED:
            self.prepare(float("inf"))

    def prepare(self, until: float) -> None:
        """Go on with it until some time."""
        while self._work is not None and time.perf_counter() < until:
            try:
                next(self._work)
            except StopIteration:
                self._work = None

    def _beginning(self) -> Generator[None, None, None]:
        text, loaded = self.text, self.loaded
        if text is None:
            return
        try:
            studied = yield from self._study(text, loaded)
            guess = self.guess()
            if guess is not None and loaded is None and (refusal := guess.refusal()):
                self.problem = refusal
                return
            run = make_run(self.settings, studied.prepared, loaded)
            context = context_of(text.content[: len(studied.prepared.learned)])
            course = Course(run, studied.held_out, self.writing, context)
        except ValueError as error:
            self.problem = _sentence(str(error))
            if loaded is None:
                return
            course = unfit_run(self.settings, loaded, self.writing)
        if loaded is not None:
            self.settings = self.settings.moved(**values_of(course))
        if self.restored and not self.problem:
            self.restored[1].show(course)
            self.restored = self.loaded = None
            self._studied = (text, None, self._studied[2]) if self._studied else None
        self.course = course
        while course.look(time.perf_counter() + AT_ONCE):
            yield

    def _study(self, text: Text, loaded: Loaded | None) -> Studying:
        """Study a text, or go on with that where another setting has interrupted it."""
        if self._studied is not None and self._studied[:2] == (text, loaded):
            return self._studied[2]
        self._studied = None
        if self._studying is None or self._studying[:2] != (text, loaded):
            known = None if loaded is None else loaded.model.vocabulary
            self._studying = (text, loaded, study(text.content, known))
        work = self._studying[2]
        while True:
            try:
                next(work)
            except StopIteration as end:
                studied: Studied = end.value
                break
            yield
        self._studying = None
        self._studied = (text, loaded, studied)
        return studied

    # What it will take

    def guess(self) -> Estimate | None:
        """What is still to be done, as estimated; None where nothing can be said."""
        studied, settings = self.studied, self.settings
        if self.course is not None:
            run = self.course.run
            left = self.course.to_read - self.course.characters
            count = run.text.characters
            return estimate(run.settings, run.text.vocabulary, count, left, self._factor)
        if studied is None:
            return None
        try:
            wanted = run_settings(settings, studied.prepared)
            known, count = studied.prepared.vocabulary, studied.prepared.characters
            return estimate(wanted, known, count, settings["reads"], self._factor)
        except ValueError:  # more weights than a model may have: said when the run is made
            return None

    def learn_speed(self) -> None:
        """Correct the guesses by how long learning took so far."""
        if self.course is None or (own := self.course.own_speed()) is None:
            return
        run = self.course.run
        self._factor = own / seconds_per_character(run.settings, len(run.text.vocabulary))


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:].rstrip('.')}."
