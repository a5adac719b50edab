/** The page's script: upgrades what the build drew. Instant navigation may run it again. */
import { RnnExercise } from "./exercise-element";
import { RnnLab } from "./lab-element";
import { RnnPredict } from "./predict";
import { markWhatIsOpen } from "./printing";
import { RnnProgress } from "./progress-element";
import { PythonCell } from "./python-cell";
import { followSaveButtons } from "./save-buttons";
import { RnnShare } from "./share";
import { tellMeanings } from "./terms";
import { followTryThisLinks } from "./try-this";

if (!customElements.get("rnn-lab")) {
  customElements.define("rnn-share", RnnShare);
  customElements.define("rnn-lab", RnnLab);
  customElements.define("rnn-predict", RnnPredict);
  customElements.define("rnn-exercise", RnnExercise);
  customElements.define("rnn-progress", RnnProgress);
  customElements.define("python-cell", PythonCell);
  followTryThisLinks();
  followSaveButtons();
  markWhatIsOpen();
  tellMeanings();
}
