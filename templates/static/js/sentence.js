// One sentence fills the form. [data-sentence] holds data-url (POST the sentence → {values, rows}),
// data-hears and data-type (words). What a person typed into a field is never overwritten; a row
// under the sentence leads to its field. Speech goes through the browser where it has that, else the
// keyboard's own microphone serves.
const PAUSE_MS = 700;

const root = document.querySelector("[data-sentence]");
const form = root?.closest("form");
const box = root?.querySelector("textarea");
const speak = root?.querySelector("[data-speak]");
const heard = root?.querySelector("[data-heard]");
const shown = root?.querySelector("[data-filled]");
const mine = new Map(); // what this script put into each field
let waiting = 0;
let asked = 0;

function inputs(name) {
  return [...form.elements].filter((input) => input.name === name);
}

function now(name) {
  const all = inputs(name);
  return all[0]?.type === "radio" ? all.find((one) => one.checked)?.value ?? "" : all[0]?.value ?? "";
}

function put(name, value) {
  const all = inputs(name);
  if (!all.length) return;
  if (all[0].type === "radio") {
    const one = all.find((input) => input.value === value);
    if (one) one.checked = true;
    one?.closest("details")?.setAttribute("open", "");
  } else {
    all[0].value = value;
    all[0].closest("details")?.setAttribute("open", "");
  }
  mine.set(name, value);
  all[0].dispatchEvent(new Event("change", { bubbles: true }));
}

function fill(values) {
  for (const [name, before] of mine) if (!(name in values) && now(name) === before) put(name, "");
  for (const [name, value] of Object.entries(values)) {
    const typed = now(name);
    const initial = inputs(name)[0]?.defaultValue ?? "";
    const free = typed === "" || typed === mine.get(name) || (inputs(name)[0]?.type === "radio" ? !touched.has(name) : typed === initial && !touched.has(name));
    if (free) put(name, value);
  }
}

const touched = new Set();
form?.addEventListener("input", (event) => {
  if (event.isTrusted && event.target !== box) touched.add(event.target.name);
});

async function read() {
  clearTimeout(waiting);
  const sentence = box.value.trim();
  const turn = ++asked;
  if (!sentence) return shown.replaceChildren();
  const answer = await fetch(root.dataset.url, { method: "POST", body: new URLSearchParams({ sentence }), headers: { Accept: "application/json" } }).catch(() => null);
  // Without a network the fields below are there to be typed into; an older answer must not win.
  if (!answer?.ok || turn !== asked) return;
  const { values, rows } = await answer.json();
  fill(values);
  shown.innerHTML = rows;
}

function hear() {
  const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;
  if (!Recognition) {
    box.focus();
    return say(root.dataset.type);
  }
  const listener = new Recognition();
  const before = box.value.trim();
  listener.lang = "vi-VN";
  listener.interimResults = true;
  listener.onresult = ({ results }) => {
    box.value = [before, ...[...results].map((result) => result[0].transcript)].filter(Boolean).join(" ");
  };
  listener.onerror = () => { box.focus(); say(root.dataset.type); };
  listener.onend = () => {
    speak.classList.remove("hears");
    if (heard.textContent === root.dataset.hears) say("");
    read();
  };
  speak.classList.add("hears");
  say(root.dataset.hears);
  listener.start();
}

function say(text) {
  heard.textContent = text;
  heard.hidden = !text;
}

if (root) {
  speak.hidden = false;
  speak.onclick = hear;
  root.querySelector("[data-read]").remove(); // it serves where there is no script, and Enter would press it
  box.onchange = read;
  box.oninput = () => { clearTimeout(waiting); waiting = setTimeout(read, PAUSE_MS); };
  shown.addEventListener("click", (event) => {
    const link = event.target.closest("a[href^='#']");
    const field = link && (document.getElementById(link.hash.slice(1)) ?? inputs(link.hash.slice(1))[0]);
    if (!field) return;
    event.preventDefault();
    field.closest("details")?.setAttribute("open", "");
    field.scrollIntoView({ block: "center" });
    field.focus({ preventScroll: true });
    field.select?.();
  });
}
