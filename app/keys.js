// Two things that Streamlit cannot do from Python, for the sentence under review.
// Streamlit's own shortcuts read a text box as it was when it last lost focus, so that what was typed since is lost.
// In the box under review a shortcut is therefore carried out as the mouse would: leave the box, then press the button.
(() => {
  if (window.zhengmingKeys) return;
  window.zhengmingKeys = true;
  const buttons = {
    "Ctrl+Enter": "confirm", "Ctrl+S": "save", "Alt+PageUp": "previous", "Alt+PageDown": "next", "F8": "next_to_check",
  };
  const box = () => document.querySelector(".st-key-active textarea");

  // A rerun may put a new box there more than once; each is followed, for a while.
  function refocus(left, tries) {
    const now = box();
    if (now && now !== left) {
      now.focus({ preventScroll: true });
      now.closest(".st-key-active").scrollIntoView({ block: "start" });
    }
    if (tries > 0) setTimeout(refocus, 100, now || left, tries - 1);
  }

  // Going to another sentence brings its box into view, with the cursor in it.
  const going = ["[class*='st-key-go_']", ".st-key-page_back", ".st-key-page_on", ".st-key-confirm", ".st-key-save",
    ".st-key-previous", ".st-key-next", ".st-key-next_to_check"].map((name) => `${name} button`).join();
  window.addEventListener("click", (event) => {
    if (event.target.closest?.(going)) refocus(box(), 25);
  }, true);

  window.addEventListener("keydown", (event) => {
    const here = document.activeElement;
    if (event.isComposing || !here || here !== box()) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    const name = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
    if (!(name in buttons)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = document.querySelector(`.st-key-${buttons[name]} button`);
    if (!button || button.disabled) return;
    here.blur();
    setTimeout(() => button.click(), 0);
  }, true);
})();
