// Records the seller's voice and sends it at once. [data-record] holds data-url (POST a recording and
// its upload_key → 201 {seconds, url} or problem+json), data-words (JSON) and data-max-bytes. Where the
// page may not record, the file field below does the same without script. What was kept is told to the
// page by the event record:kept, its detail the server's answer.
const LONGEST_SECONDS = 60;
const KINDS = ["audio/mp4", "audio/webm;codecs=opus", "audio/ogg;codecs=opus"];

const root = document.querySelector("[data-record]");
const words = root && JSON.parse(root.dataset.words);
const button = root?.querySelector("[data-record-go]");
const bar = root?.querySelector("progress");
const player = root?.querySelector("audio");
const said = root?.querySelector("[data-record-said]");
let recorder = null;
let unsent = null;
let clock = 0;

function label(text) {
  button.querySelector("span").textContent = text;
}

function say(text) {
  said.textContent = text;
}

async function listen() {
  say("");
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: { noiseSuppression: true, channelCount: 1 } });
  } catch {
    return say(words.refused);
  }
  const kind = KINDS.find((name) => MediaRecorder.isTypeSupported(name));
  const pieces = [];
  recorder = new MediaRecorder(stream, kind ? { mimeType: kind, audioBitsPerSecond: 64000 } : {});
  recorder.ondataavailable = ({ data }) => pieces.push(data);
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    finish(new Blob(pieces, { type: recorder.mimeType }));
  };
  recorder.start(1000);
  root.classList.add("listens");
  bar.hidden = false;
  const began = performance.now();
  clock = setInterval(() => {
    const seconds = Math.floor((performance.now() - began) / 1000);
    bar.value = seconds;
    label(`${words.stop} · ${seconds}s`);
    if (seconds >= LONGEST_SECONDS) recorder.stop();
  }, 200);
}

function finish(blob) {
  clearInterval(clock);
  recorder = null;
  root.classList.remove("listens");
  bar.hidden = true;
  // The same key with every try: the server keeps one recording, however often it comes.
  unsent = { blob, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}` };
  send();
}

function send() {
  const body = new FormData();
  body.append("upload_key", unsent.key);
  body.append("voice", unsent.blob, `voice.${unsent.blob.type.includes("mp4") ? "m4a" : "webm"}`);
  const request = new XMLHttpRequest();
  button.setAttribute("aria-busy", "true");
  request.upload.onprogress = ({ loaded, total }) => {
    const percent = Math.floor(loaded / total * 100);
    label(percent < 100 ? words.sending.replace("{percent}", percent) : words.cleaning);
  };
  request.onload = () => answered(request);
  request.onerror = request.ontimeout = () => again(words.offline);
  request.onloadend = () => button.removeAttribute("aria-busy");
  request.open("POST", root.dataset.url);
  request.send(body);
}

function answered(request) {
  const answer = readJson(request.responseText);
  if (request.status === 200 || request.status === 201) {
    unsent = null;
    player.src = answer.url;
    player.hidden = false;
    label(words.again);
    say(words.sent);
    document.dispatchEvent(new CustomEvent("record:kept", { detail: answer }));
  } else if (request.status === 429 || request.status >= 500) {
    again(words.offline);
  } else {
    unsent = null;
    label(words.start);
    say(answer.detail ?? words.offline);
  }
}

function again(text) {
  label(words.resend);
  say(text);
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

function pressed() {
  if (recorder) recorder.stop();
  else if (unsent) send();
  else listen();
}

if (root) {
  if (navigator.mediaDevices?.getUserMedia && window.MediaRecorder) {
    button.hidden = false;
    button.addEventListener("click", pressed);
    addEventListener("beforeunload", (event) => { if (recorder || unsent) event.preventDefault(); });
    addEventListener("online", () => { if (unsent) send(); });
  } else {
    say(words.missing);
  }
}
