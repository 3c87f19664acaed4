// Sends a picked piece of video at once, in percent, and again with the same key when the line has
// dropped. [data-piece] is the form: data-url (POST a piece and its upload_key → 201 or problem+json),
// data-words (JSON) and data-max-bytes. Without script the form sends it by itself.
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;
// A video is heavy and data is dear: behind so many tries in a row a person is asked.
const MOST_TRIES = 6;

const form = document.querySelector("[data-piece]");
const words = form && JSON.parse(form.dataset.words);
const picker = form?.querySelector("input[type=file]");
const pick = form?.querySelector("[data-piece-pick]");
const bar = form?.querySelector("progress");
const said = form?.querySelector("[data-piece-said]");
const wrong = form?.querySelector("[data-piece-wrong]");
const button = form?.querySelector("[data-piece-go]");
let piece = null;

function say(text, percent = null) {
  if (said.textContent !== text) said.textContent = text;
  bar.hidden = percent === null;
  if (percent !== null) bar.value = percent;
}

function offer(text) {
  button.hidden = !text;
  const [cross, redo] = button.querySelectorAll("svg");
  cross.toggleAttribute("hidden", text === words.resend);
  redo.toggleAttribute("hidden", text !== words.resend);
  button.querySelector("span").textContent = text;
}

function tell(text) {
  wrong.hidden = !text;
  wrong.querySelector("span").textContent = text;
  picker.setAttribute("aria-invalid", String(Boolean(text)));
}

function picked() {
  const file = picker.files[0];
  if (!file || piece) return;
  tell("");
  // Refused here already: a server that hangs up in the middle looks like a dropped line.
  if (file.size > Number(form.dataset.maxBytes)) return refused(words.too_big);
  // The same key with every try: the server keeps one piece, however often it comes.
  piece = { file, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, tries: 0, waitMs: FIRST_WAIT_MS };
  pick.hidden = true;
  send();
}

function send() {
  clearTimeout(piece.timer);
  piece.timer = null;
  piece.tries += 1;
  const body = new FormData();
  body.append("upload_key", piece.key);
  body.append("piece", piece.file, piece.file.name);
  const request = piece.request = new XMLHttpRequest();
  request.upload.onprogress = ({ loaded, total }) => {
    const percent = Math.floor(loaded / total * 100);
    say(percent < 100 ? words.sending.replace("{percent}", percent) : words.cleaning, percent);
  };
  request.onload = () => answered(request);
  request.onerror = request.ontimeout = () => again();
  request.onloadend = () => { if (piece) piece.request = null; };
  request.open("POST", form.dataset.url);
  request.send(body);
  say(words.sending.replace("{percent}", 0), 0);
  offer(words.stop);
}

function answered(request) {
  if (request.status === 200 || request.status === 201) {
    piece = null;
    picker.value = "";
    location.reload(); // the page shows what is kept
  } else if (request.status === 429 || request.status >= 500) {
    again(Number(request.getResponseHeader("Retry-After")) || 0);
  } else {
    refused(readJson(request.responseText).detail ?? words.unsent);
  }
}

function again(seconds = 0) {
  if (piece.tries >= MOST_TRIES) {
    say(words.unsent);
    offer(words.resend);
    return;
  }
  say(navigator.onLine ? words.again : words.offline);
  piece.timer = setTimeout(send, Math.max(seconds * 1000, piece.waitMs));
  piece.waitMs = Math.min(LONGEST_WAIT_MS, piece.waitMs * 2);
}

function refused(text) {
  stop();
  tell(text);
}

function stop() {
  clearTimeout(piece?.timer);
  const request = piece?.request;
  piece = null;
  request?.abort();
  pick.hidden = false;
  picker.value = "";
  say("");
  offer("");
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function afresh() {
  piece.tries = 0;
  piece.waitMs = FIRST_WAIT_MS;
  send();
}

function pressed() {
  if (piece.request || piece.timer) stop();
  else afresh();
}

if (form) {
  for (const plain of [picker, picker.labels[0], form.querySelector("button[type=submit]")]) plain.hidden = true;
  pick.hidden = false;
  pick.addEventListener("click", () => picker.click());
  picker.addEventListener("change", picked);
  button.addEventListener("click", pressed);
  form.addEventListener("submit", (event) => { event.preventDefault(); picked(); });
  addEventListener("online", () => { if (piece && !piece.request) afresh(); });
  addEventListener("beforeunload", (event) => { if (piece) event.preventDefault(); });
  picked(); // what was picked before this script had come over a slow line
}
