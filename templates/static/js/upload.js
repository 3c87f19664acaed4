// The photo strip: each picked photo is sent by itself, at once, and again until it has arrived.
// [data-upload] holds data-url (POST a photo, its upload_key and the others' ids → 201 {id, width, height, thumb, hint} or
// problem+json; DELETE data-url/id), data-words (JSON, the words shown), data-most and
// data-max-bytes. Inside: a file input, a <ol class="strip">, a <template data-photo>. Each sent photo
// gives the form an <input name="photo" value=id>, in the strip's order: the first is the cover.
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 30000;

const root = document.querySelector("[data-upload]");
const form = root?.closest("form");
const picker = root?.querySelector("input[type=file]");
const strip = root?.querySelector(".strip");
const words = root && JSON.parse(root.dataset.words);
const most = Number(root?.dataset.most);
const queue = [];
let sending = false;
let replaced = null;
let submitter = null;

function fill(text, values) {
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name]);
}

function say(photo, text, percent = null) {
  photo.tile.querySelector(".state span").textContent = text;
  const bar = photo.tile.querySelector("progress");
  bar.hidden = percent === null;
  if (percent !== null) bar.value = percent;
}

function addTile(photo) {
  photo.tile = root.querySelector("template[data-photo]").content.firstElementChild.cloneNode(true);
  photo.tile.querySelector("img").src = photo.preview;
  photo.tile.querySelector(".remove").onclick = () => remove(photo);
  photo.tile.querySelector(".again").onclick = () => { replaced = photo; picker.click(); };
  photo.tile.photo = photo;
  say(photo, words.waiting);
}

function add(file) {
  // The same key with every try: the server keeps one photo, however often it comes.
  const photo = { file, key: crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`, preview: URL.createObjectURL(file), waitMs: FIRST_WAIT_MS };
  addTile(photo);
  if (replaced) {
    replaced.tile.replaceWith(photo.tile);
    replaced = null; // the first of several picked takes the broken one's place
  } else {
    strip.append(photo.tile);
  }
  // Refused here already: a server that hangs up in the middle looks like a dropped line.
  if (file.size > Number(root.dataset.maxBytes)) broken(photo, words.too_big);
  else queue.push(photo);
}

function remove(photo) {
  photo.removed = true;
  photo.request?.abort();
  if (queue.includes(photo)) queue.splice(queue.indexOf(photo), 1);
  photo.tile.remove();
  if (photo.id) fetch(`${root.dataset.url}/${photo.id}`, { method: "DELETE" }).catch(() => {});
  order();
  next();
}

function order() {
  const tiles = [...strip.children];
  tiles.forEach((tile, index) => {
    tile.querySelector(".cover").hidden = index !== 0;
    tile.querySelector(".remove").setAttribute("aria-label", fill(words.remove, { number: index + 1 }));
    tile.querySelector("img").alt = fill(words.photo, { number: index + 1 });
  });
  root.classList.toggle("some", tiles.length > 0);
}

function arrived(photo, answer) {
  photo.id = answer.id;
  photo.tile.querySelector("input").value = answer.id;
  photo.tile.querySelector("input").disabled = false;
  // A picture that this browser cannot show (HEIC) is shown as the server has read it.
  if (answer.thumb) photo.tile.querySelector("img").src = answer.thumb;
  URL.revokeObjectURL(photo.preview);
  say(photo, answer.hint || words.sent);
  photo.tile.classList.toggle("doubtful", Boolean(answer.hint));
}

function broken(photo, detail) {
  photo.tile.classList.add("broken");
  photo.tile.querySelector(".again").hidden = false;
  photo.tile.querySelector(".state").hidden = true;
  photo.tile.querySelector(".again span").textContent = words.broken;
  tell(detail || words.broken);
}

function tell(text) {
  const place = root.querySelector("[data-upload-said]");
  place.hidden = !text;
  place.querySelector("span").textContent = text;
}

function tryAgain(photo, seconds = 0) {
  say(photo, navigator.onLine ? words.again : words.offline);
  queue.unshift(photo);
  photo.rests = true;
  photo.timer = setTimeout(hurry, Math.max(seconds * 1000, photo.waitMs));
  photo.waitMs = Math.min(LONGEST_WAIT_MS, photo.waitMs * 2);
}

function answered(photo, request) {
  const answer = readJson(request.responseText);
  if (request.status === 200 || request.status === 201) arrived(photo, answer);
  else if (request.status === 429 || request.status >= 500) tryAgain(photo, Number(request.getResponseHeader("Retry-After")) || 0);
  else broken(photo, answer.detail);
}

function readJson(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// One after the other: on a weak line the first photo arrives soonest.
function next() {
  const photo = queue[0];
  if (sending || !photo || photo.rests) return done();
  queue.shift();
  clearTimeout(photo.timer);
  sending = true;
  const request = photo.request = new XMLHttpRequest();
  const body = new FormData();
  body.append("upload_key", photo.key);
  body.append("others", [...strip.querySelectorAll("input:enabled")].map((input) => input.value).join(","));
  body.append("photo", photo.file, photo.file.name);
  request.upload.onprogress = ({ loaded, total }) => {
    const percent = Math.floor(loaded / total * 100);
    say(photo, fill(words.sending, { percent }), percent);
  };
  request.onload = () => { if (!photo.removed) answered(photo, request); };
  request.onerror = request.ontimeout = () => { if (!photo.removed) tryAgain(photo); };
  request.onloadend = () => { sending = false; next(); };
  request.open("POST", root.dataset.url);
  request.send(body);
}

function hurry() {
  for (const photo of queue) photo.rests = false;
  next();
}

function picked() {
  const room = most - strip.children.length + (replaced ? 1 : 0);
  const files = [...picker.files];
  if (!files.length) return;
  tell(files.length > room ? fill(words.too_many, { most }) : "");
  files.slice(0, Math.max(0, room)).forEach(add);
  replaced = null;
  picker.value = "";
  order();
  next();
}

// A form that is sent while photos are on their way waits for them, then goes by itself.
function hold(event) {
  if (!sending && !queue.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  submitter = event.submitter ?? form.querySelector("button:not([type=button])");
  submitter.setAttribute("aria-busy", "true");
  tell(words.holding);
  hurry();
}

function done() {
  if (sending || queue.length || !submitter) return;
  const button = submitter;
  submitter = null;
  button.removeAttribute("aria-busy");
  tell("");
  if (!strip.querySelector(".broken")) form.requestSubmit(button);
}

if (root) {
  picker.removeAttribute("name"); // without this script the photos go with the form itself
  picker.addEventListener("change", picked);
  picker.addEventListener("cancel", () => { replaced = null; });
  form.addEventListener("submit", hold, { capture: true });
  addEventListener("online", hurry);
  addEventListener("beforeunload", (event) => { if (sending || queue.length) event.preventDefault(); });
  for (const tile of strip.children) {
    const photo = { tile, id: tile.querySelector("input").value };
    tile.querySelector(".remove").hidden = false;
    tile.querySelector(".remove").onclick = () => remove(photo);
  }
  order();
  picked(); // what was picked before this script had come over a slow line
}
