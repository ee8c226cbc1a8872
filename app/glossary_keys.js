// The keys of the Glossary page, inside its text boxes and outside of them.
// Streamlit's own shortcuts read a text box as it was when it last lost focus, so that what was typed since is lost:
// a key is therefore carried out as the mouse would, leaving the box and then pressing the button.
(() => {
  if (window.zhengmingGlossaryKeys) return;
  window.zhengmingGlossaryKeys = true;
  const english = () => document.querySelector(".st-key-term_form [class*='st-key-target_'] input");
  const buttons = {
    "Ctrl+Enter": "[class*='st-key-approved_']", "Alt+X": "[class*='st-key-rejected_']", "Alt+S": "[class*='st-key-save_']",
    "Alt+M": "[class*='st-key-merge_']", "Alt+PageDown": ".st-key-term_next", "Alt+PageUp": ".st-key-term_previous",
    "F8": ".st-key-term_undecided",
  };
  const moves = new Set(["Ctrl+Enter", "Alt+X", "Alt+PageDown", "Alt+PageUp", "F8"]);

  // Who typed goes on typing: the next term's English has the cursor once it is there.
  function refocus(left, tries) {
    const now = english();
    if (now && now !== left) now.focus({ preventScroll: true });
    else if (tries > 0) setTimeout(refocus, 100, left, tries - 1);
  }

  window.addEventListener("keydown", (event) => {
    const form = document.querySelector(".st-key-term_form");
    if (event.isComposing || !form || document.querySelector("[role='dialog']")) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const name = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
    if (name !== "F2" && !(name in buttons)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (name === "F2") {
      english()?.focus();
      english()?.select();
      return;
    }
    const button = () => document.querySelector(`${buttons[name]} button:not(:disabled)`);
    if (!button()) return;
    const here = document.activeElement;
    const typing = form.contains(here);
    const left = english();
    here?.blur?.();
    // Looked for again: leaving the box may have put another button in its place.
    setTimeout(() => button()?.click(), 0);
    if (typing && moves.has(name)) refocus(left, 25);
  }, true);
})();
