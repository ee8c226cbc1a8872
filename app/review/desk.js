// What Streamlit cannot do from Python for the sentence under review:
// an action carries the text of the box with it, so that a key is one step and nothing typed is lost;
// every letter typed is kept in this browser until the server has it, so that a reload or a new start loses nothing;
// a row is gone to by a click, a name is put in at the cursor, and selected Chinese becomes a name.
const KEYS = {
  "Ctrl+Enter": "confirm", "Ctrl+S": "save", "Alt+PageUp": "previous", "Alt+PageDown": "next", "F8": "check",
  "Alt+L": "lock", "Alt+C": "copy",
};
const BOX = ".st-key-active textarea";
// For a moment the old box may stand beside the new one.
const box = () => document.querySelector(`.st-key-english_${now?.segment}_${now?.version} textarea`) ?? document.querySelector(BOX);
const button = (action) => document.querySelector(`.st-key-act_${action} button`);
// React knows only of what is put in the way a person does.
function fill(field, text) {
  Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, "value").set.call(field, text);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

let now = null; // what the server said last: { place, segment, version, shown, saved, … }
let send = null;
let counter = 0;
const shelf = (segment) => `zhengming/${now.place}/${segment}`;
function kept(segment) {
  try { return JSON.parse(localStorage.getItem(shelf(segment)) || "null"); } catch { return null; }
}
const shelve = (segment, version, text) => localStorage.setItem(shelf(segment), JSON.stringify({ version, text }));

// The box says itself what it is of: a key may come before the server's word about a new sentence.
function here(field) {
  const [, segment, version] = /st-key-english_(\d+)_(\d+)/.exec(field.closest("[class*='st-key-english_']").className);
  return { segment: Number(segment), version: Number(version) };
}

function remember(field) {
  const { segment, version } = here(field);
  shelve(segment, version, field.value);
}

// Which sentence is on the screen: its number is drawn before its box.
function shown() {
  const said = document.querySelector(".st-key-active .number")?.dataset.place;
  const [segment, version] = (said ?? `${now.segment}.${now.version}`).split(".").map(Number);
  return { segment, version };
}

function act(action, more) {
  counter += 1;
  const place = shown();
  // Only what was typed: of the rest the server knows better.
  const typed = kept(place.segment);
  const text = typed?.version === place.version ? typed.text : null;
  send("act", { action, ...place, text, number: counter, ...more });
}

function insert(name) {
  const field = box();
  if (!field || field.disabled) return;
  const [start, end] = [field.selectionStart, field.selectionEnd];
  const before = field.value.slice(0, start);
  const gap = before && !/[\s(“"'-]$/.test(before) ? " " : "";
  field.focus();
  fill(field, before + gap + name + field.value.slice(end));
  field.setSelectionRange(start + gap.length + name.length, start + gap.length + name.length);
}

function onClick(event) {
  const target = event.target;
  if (!(target instanceof Element) || !now) return;
  const pressed = target.closest("[class*='st-key-act_'] button");
  if (pressed) {
    if (pressed.disabled) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act(/st-key-act_(\w+)/.exec(pressed.closest("[class*='st-key-act_']").className)[1]);
    return;
  }
  const name = target.closest(".st-key-active [data-insert]");
  if (name) return insert(name.dataset.insert);
  const match = target.closest("[data-take]");
  if (match) {
    const field = box();
    if (field && !field.disabled) { field.focus(); fill(field, match.dataset.take); }
    return;
  }
  const row = target.closest("[data-go]");
  if (row && !String(getSelection())) act("go", { to: row.dataset.go });
}

function onKey(event) {
  if (event.isComposing || !now || !document.querySelector(".st-key-sentences")) return;
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  const name = (event.ctrlKey || event.metaKey ? "Ctrl+" : "") + (event.altKey ? "Alt+" : "") + key;
  const inBox = document.activeElement?.matches(BOX);
  if (event.altKey && /^[1-9]$/.test(event.key) && inBox) {
    const names = document.querySelectorAll(".st-key-active [data-insert]");
    if (names[event.key - 1]) { event.preventDefault(); insert(names[event.key - 1].dataset.insert); }
    return;
  }
  const action = KEYS[name];
  const typing = !inBox && document.activeElement?.matches("input, textarea, [contenteditable]");
  if (!action || typing || document.querySelector("[role='dialog']")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  pressSoon(action, 75);
}

// Also a key pressed while one box gives way to the next, or while a grey box stands for a button that is being drawn.
function pressSoon(action, tries) {
  if (box() && !document.querySelector(`.st-key-act_${action} [data-testid='stSkeleton']`)) press(action);
  else if (tries > 0) setTimeout(pressSoon, 40, action, tries - 1);
}

function press(action) {
  const shown = button(action);
  if (shown && !shown.disabled) act(action);
}

// Selected Chinese of the sentence can be made a name.
let offer = null;
function onSelect() {
  offer?.remove();
  offer = null;
  const chosen = getSelection();
  const text = String(chosen).trim();
  const cell = chosen.anchorNode?.parentElement?.closest(".st-key-active .cell.zh");
  if (!text || text.length > 200 || !cell || !now?.names) return;
  const place = chosen.getRangeAt(0).getBoundingClientRect();
  offer = document.createElement("button");
  offer.type = "button";
  offer.className = "pick";
  offer.textContent = now.names;
  offer.style.left = `${Math.max(8, place.left)}px`;
  offer.style.top = `${place.bottom + 6}px`;
  offer.addEventListener("mousedown", (event) => event.preventDefault());
  offer.addEventListener("click", () => { act("name", { chinese: text }); offer?.remove(); offer = null; });
  document.querySelector(".stApp").append(offer);
}

// The box of a new sentence may be there only a moment later; what was typed in it before is put back.
let ready = "";
function settle(tries) {
  const field = box();
  const wanted = `${now.segment}.${now.version}.${now.turn}`;
  if (field && field.closest(`.st-key-english_${now.segment}_${now.version}`)) {
    const typed = kept(now.segment);
    if (now.editable && typed && typed.version === now.version && typed.text !== field.value) fill(field, typed.text);
    if (ready !== wanted) {
      const moved = ready !== "";
      ready = wanted;
      if (moved) {
        field.focus({ preventScroll: true });
        field.closest(".st-key-active").scrollIntoView({ block: "nearest" });
      }
    }
    return;
  }
  if (tries > 0) setTimeout(settle, 40, tries - 1);
}

function tellTyped() {
  const typed = [];
  for (const name of Object.keys(localStorage)) {
    if (!name.startsWith(`zhengming/${now.place}/`)) continue;
    const segment = Number(name.split("/").pop());
    const one = kept(segment);
    if (one && (segment !== now.segment || one.version !== now.version)) typed.push({ segment, ...one });
  }
  if (typed.length) send("typed", typed.slice(0, 50));
}

let told = false;
let listening = false;
export default function desk({ data, setTriggerValue }) {
  now = data;
  send = setTriggerValue;
  // Saved over an older version; what was typed meanwhile belongs to the new one.
  for (const [segment, version, after, text] of data.saved) {
    const typed = kept(segment);
    if (typed?.version !== version) continue;
    if (typed.text === text) localStorage.removeItem(shelf(segment));
    else shelve(segment, after, typed.text);
  }
  const typed = kept(now.segment);
  if (typed?.version === now.version && typed.text === now.shown) localStorage.removeItem(shelf(now.segment));
  if (!told) { told = true; tellTyped(); }
  if (!listening) {
    listening = true;
    window.addEventListener("click", onClick, true);
    window.addEventListener("keydown", onKey, true);
    document.addEventListener("input", (event) => { if (event.target.matches?.(BOX)) remember(event.target); }, true);
    document.addEventListener("selectionchange", onSelect);
  }
  settle(75);
  document.body.dataset.desk = "ready";
}
