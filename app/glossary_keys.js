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

  function edit(tries) {
    const now = english();
    now?.focus();
    now?.select();
    if (!now && tries > 0) setTimeout(edit, 50, tries - 1);
  }

  // Looked for only now: leaving the box may have put another button in its place. One that is still being drawn is
  // waited for; Streamlit loads what draws it when the first page needs it, and shows a grey box till then.
  function press(place, tries) {
    const button = document.querySelector(`${place} button`);
    if (button) button.click();
    else if (tries > 0 && document.querySelector(`${place} [data-testid='stSkeleton']`)) setTimeout(press, 50, place, tries - 1);
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
      edit(100);
      return;
    }
    const place = buttons[name];
    if (!document.querySelector(place) || document.querySelector(`${place} button:disabled`)) return;
    const here = document.activeElement;
    const typing = form.contains(here);
    const left = english();
    here?.blur?.();
    setTimeout(press, 0, place, 100);
    if (typing && moves.has(name)) refocus(left, 25);
  }, true);
})();
