/** The page's script: upgrades what the build drew. Instant navigation may run it again. */
import { reachCodeByKeys } from "./code-keys";
import { RnnExercise } from "./exercise-element";
import { RnnLab } from "./lab-element";
import { RnnPredict } from "./predict";
import { markWhatIsOpen } from "./printing";
import { RnnProgress } from "./progress-element";
import { PythonCell } from "./python-cell";
import { followSaveButtons } from "./save-buttons";
import { settle } from "./settle";
import { RnnShare } from "./share";
import { tellMeanings } from "./terms";
import { followTryThisLinks } from "./try-this";

function start(): void {
  customElements.define("rnn-share", RnnShare);
  customElements.define("rnn-lab", RnnLab);
  customElements.define("rnn-predict", RnnPredict);
  customElements.define("rnn-exercise", RnnExercise);
  customElements.define("rnn-progress", RnnProgress);
  customElements.define("python-cell", PythonCell);
  settle();
  reachCodeByKeys();
  followTryThisLinks();
  followSaveButtons();
  markWhatIsOpen();
  tellMeanings();
}

// In a task of its own, after those of Material's script.
if (!customElements.get("rnn-lab")) setTimeout(start);
