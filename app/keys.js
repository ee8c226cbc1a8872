// Two things that Streamlit cannot do from Python, for the sentence under review and the form of a term.
// Streamlit's own shortcuts read a text box as it was when it last lost focus, so that what was typed since is lost.
// In those boxes a shortcut is therefore carried out as the mouse would: leave the box, then press the button.
(() => {
  if (window.zhengmingKeys) return;
  window.zhengmingKeys = true;
  const sentence = {
    box: ".st-key-active textarea",
    buttons: {
      "Ctrl+Enter": ".st-key-confirm", "Ctrl+S": ".st-key-save", "Alt+PageUp": ".st-key-previous",
      "Alt+PageDown": ".st-key-next", "F8": ".st-key-next_to_check",
    },
  };
  const term = {
    box: ".st-key-term_form :is(input, textarea)",
    buttons: {
      "Ctrl+Enter": "[class*='st-key-approved_']", "Alt+X": "[class*='st-key-rejected_']", "Alt+S": "[class*='st-key-save_']",
    },
  };
  const box = () => document.querySelector(sentence.box);
  // Each refusal to confirm has a number of its own.
  const refusal = () => document.querySelector("[class*='st-key-held_']")?.className;

  // A rerun may put a new box there more than once; each is followed, for a while. A refusal leaves the same box.
  function refocus(left, refused, tries) {
    const now = box();
    const again = refusal();
    if (now && (now !== left || (again && again !== refused))) {
      now.focus({ preventScroll: true });
      now.closest(".st-key-active").scrollIntoView({ block: "start" });
    }
    if (tries > 0) setTimeout(refocus, 100, now || left, again || refused, tries - 1);
  }

  // Going to another sentence brings its box into view, with the cursor in it.
  const going = ["[class*='st-key-go_']", ".st-key-page_back", ".st-key-page_on", ".st-key-confirm", ".st-key-save",
    ".st-key-previous", ".st-key-next", ".st-key-next_to_check"].map((name) => `${name} button`).join();
  window.addEventListener("click", (event) => {
    if (event.target.closest?.(going)) refocus(box(), refusal(), 25);
  }, true);

  window.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    const place = [sentence, term].find((one) => here?.matches(one.box));
    if (event.isComposing || !place) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const name = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
    if (!(name in place.buttons)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = document.querySelector(`${place.buttons[name]} button`);
    if (!button || button.disabled) return;
    here.blur();
    setTimeout(() => button.click(), 0);
  }, true);
})();
