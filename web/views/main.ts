/** The page's script: upgrades what the build drew. Instant navigation may run it again. */
import { RnnLab } from "./lab-element";
import { RnnPredict } from "./predict";
import { followSaveButtons } from "./save-buttons";
import { RnnShare } from "./share";
import { followTryThisLinks } from "./try-this";

if (!customElements.get("rnn-lab")) {
  customElements.define("rnn-share", RnnShare);
  customElements.define("rnn-lab", RnnLab);
  customElements.define("rnn-predict", RnnPredict);
  followTryThisLinks();
  followSaveButtons();
}
