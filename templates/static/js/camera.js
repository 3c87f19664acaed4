// Films a show. The recorder never stops for a weak line: its numbered slices wait in memory until the shop has them
// on disk, the newest go first, those that were missed follow in between. A line that answers nothing is given up.
const page = document.querySelector("[data-camera]");
const part = (name) => page.querySelector(`[data-${name}]`);
const SLICE_MS = 200;
const SILENT_MS = 4000;
const AGAIN_MS = [500, 1000, 2000, 4000];
const QUEUE_BYTES = 256 * 1024;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const HOLD_MS = 1200;
const KINDS = ["video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/webm", "video/mp4"];
// A key picture each second: who joins anew, and the picture after an outage, wait for the next one.
const RATES = { videoBitsPerSecond: 1200000, audioBitsPerSecond: 64000, videoKeyFrameIntervalDuration: 1000 };
const MOST_PX = 1280;
const LEAST_BEGINNING_BYTES = 1024;

let stream;
let opened;
let recorder;
let facing = "environment";
let socket;
let tries = 0;
let begun = 0;
let sentBytes = 0;
let keptBytes = 0;
let isOn = false;
let isMuted = false;
let lock;
let takes = [];

// One recorder's slices: `kept` are those that are not acknowledged, `sent` when each last went out.
function newTake() {
  const take = { name: crypto.randomUUID?.().replaceAll("-", "") ?? `r${Date.now()}`, next: 0, loose: [], kept: new Map(), sent: new Map(), order: Promise.resolve() };
  takes.push(take);
  return take;
}

async function openCamera() {
  for (const track of stream?.getTracks() ?? []) track.stop();
  // Asked for lying down in either case: a phone held upright turns the picture itself, while a cropped upright one
  // would be recorded at the camera's full height (seen in Chromium).
  stream = await navigator.mediaDevices.getUserMedia({
    video: { facingMode: facing, width: { ideal: 1280, max: MOST_PX }, height: { ideal: 720, max: MOST_PX }, frameRate: { ideal: 30, max: 30 } },
    audio: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  });
  part("preview").srcObject = stream;
  for (const track of stream.getAudioTracks()) track.enabled = !isMuted;
  for (const track of stream.getTracks()) track.addEventListener("ended", revive, { once: true });
  listenToSound();
}

// After a phone call the tracks are dead whatever they say: open the camera anew, as another recorder.
async function revive() {
  if (!isOn || document.hidden) return;
  try {
    await openCamera();
    record();
  } catch { trouble(page.dataset.noCamera); }
}

function record() {
  const kind = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
  if (recorder?.state === "recording") recorder.stop();
  const take = newTake();
  recorder = new MediaRecorder(stream, { mimeType: kind, ...RATES });
  recorder.addEventListener("dataavailable", ({ data }) => {
    take.loose.push(data);
    const whole = new Blob(take.loose);
    // Chromium's first piece may be a single byte: a beginning must be long enough to be known by.
    if (whole.size < (take.next ? 1 : LEAST_BEGINNING_BYTES)) return;
    take.loose = [];
    const number = take.next++;
    take.order = take.order.then(async () => keep(take, number, await whole.arrayBuffer()));
  });
  recorder.start(SLICE_MS);
  connect(take);
}

function keep(take, number, bytes) {
  if (keptBytes + bytes.byteLength > MOST_KEPT_BYTES) return;
  const framed = new Uint8Array(4 + bytes.byteLength);
  new DataView(framed.buffer).setUint32(0, number);
  framed.set(new Uint8Array(bytes), 4);
  take.kept.set(number, framed);
  keptBytes += framed.byteLength;
  if (isOpen(take)) send(take, number);
}

function isOpen(take) {
  return socket?.take === take && socket.readyState === WebSocket.OPEN;
}

function send(take, number) {
  const framed = take.kept.get(number);
  if (!framed) return;
  socket.send(framed);
  take.sent.set(number, Date.now());
  sentBytes += framed.byteLength;
}

function forget(take, number) {
  const framed = take.kept.get(number);
  if (!framed) return;
  keptBytes -= framed.byteLength;
  take.kept.delete(number);
  take.sent.delete(number);
}

function connect(take) {
  if (socket) { socket.isOld = true; socket.close(); }
  const line = new WebSocket(new URL(page.dataset.socket, location.href).href.replace(/^http/, "ws"));
  socket = line;
  line.take = take;
  line.binaryType = "arraybuffer";
  line.opened = Date.now();
  line.addEventListener("open", () => {
    line.send(JSON.stringify({ recorder: take.name }));
    take.sent.clear();
    // The recording's head comes first; only after an outage do the newest go ahead of what was missed.
    if (!take.isKnown) for (const number of [...take.kept.keys()]) send(take, number);
  });
  line.addEventListener("message", ({ data }) => hear(line, JSON.parse(data)));
  line.addEventListener("close", () => {
    if (line.isOld || !isOn) return;
    setTimeout(() => { if (isOn && socket === line) connect(take); }, AGAIN_MS[Math.min(tries++, AGAIN_MS.length - 1)]);
  });
}

function hear(line, told) {
  line.heard = Date.now();
  tries = 0;
  if (told.ack !== undefined) {
    line.take.isKnown = true;
    return forget(line.take, told.ack);
  }
  if (told.slow !== undefined) return line.take.sent.delete(told.slow);
  if (told.refused) {
    line.isOld = true;
    stop();
    return trouble(told.words);
  }
  show(told);
}

// Four times a second: what was missed goes out where there is room, a silent line is given up, the screen is true.
function tick() {
  if (!isOn) return;
  const take = socket?.take;
  const now = Date.now();
  const oldest = take?.sent.size ? Math.min(...take.sent.values()) : now;
  if (take && isOpen(take)) {
    for (const number of take.kept.keys()) {
      if (socket.bufferedAmount > QUEUE_BYTES) break;
      if (!take.sent.has(number)) send(take, number);
    }
    if (now - oldest > SILENT_MS) { socket.isOld = true; socket.close(); connect(take); }
  } else if (socket && socket.readyState === WebSocket.CONNECTING && now - socket.opened > SILENT_MS) {
    socket.isOld = true;
    socket.close();
    connect(take);
  }
  const waiting = (take?.kept.size ?? 0) * SLICE_MS / 1000;
  const isWeak = !take || !isOpen(take) || now - oldest > 1500 || waiting > 3;
  part("weak-note").hidden = !isWeak;
  part("weak-words").textContent = page.dataset.kept.replace("{seconds}", Math.round(waiting));
  const badge = part("badge");
  badge.textContent = isWeak ? badge.dataset.off : badge.dataset.on;
  badge.classList.toggle("weak", isWeak);
  const seconds = Math.floor((now - begun) / 1000);
  part("clock").textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  part("used").textContent = page.dataset.mb.replace("{mb}", (sentBytes / 1e6).toFixed(1).replace(".", ","));
}

function show(told) {
  part("viewers").textContent = told.viewers;
  const pin = page.querySelector("[data-pin]");
  pin.hidden = !told.pinned;
  if (told.pinned) {
    pin.dataset.pin = told.pinned.pin;
    pin.className = `pin kind-${told.pinned.kind}`;
    for (const place of pin.querySelectorAll("[data-field]")) {
      const value = told.pinned[place.dataset.field];
      place.textContent = value ? (place.dataset.lead ?? "") + value : "";
    }
  }
  part("comments").replaceChildren(...(told.comments ?? []).map(([author, text]) => {
    const line = document.createElement("li");
    line.className = "plate";
    const who = document.createElement("b");
    who.textContent = author;
    line.append(who, ` ${text}`);
    return line;
  }));
}

function trouble(words) {
  part("trouble").hidden = false;
  part("trouble-words").textContent = words;
}

let meter;
function listenToSound() {
  meter?.close();
  if (!stream.getAudioTracks().length) return;
  meter = new AudioContext();
  const ear = meter.createAnalyser();
  ear.fftSize = 512;
  meter.createMediaStreamSource(stream).connect(ear);
  const samples = new Uint8Array(ear.fftSize);
  const bars = [...part("level").children];
  const own = meter;
  const draw = () => {
    if (own !== meter) return;
    ear.getByteTimeDomainData(samples);
    const loud = Math.sqrt(samples.reduce((sum, one) => sum + ((one - 128) / 128) ** 2, 0) / samples.length);
    const share = isMuted ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(loud + 1e-4) / 2.2));
    bars.forEach((bar, at) => bar.classList.toggle("on", at < share * bars.length));
    setTimeout(draw, 120);
  };
  draw();
}

async function stayAwake() {
  try { lock = await navigator.wakeLock?.request("screen"); } catch { /* The phone may refuse; filming goes on. */ }
}

function post(path, fields = {}) {
  return fetch(`${page.dataset.room}/do/${path}`, { method: "POST", body: new URLSearchParams(fields), headers: { Accept: "text/html" } });
}

async function go() {
  const button = part("go");
  button.setAttribute("aria-busy", "true");
  try {
    await opened;
  } catch {
    return button.removeAttribute("aria-busy");
  }
  try {
    if (page.dataset.state === "planned" && !(await post("start")).ok) throw new Error("start");
    page.dataset.state = "live";
    isOn = true;
    begun = Date.now();
    record();
    stayAwake();
    for (const one of page.querySelectorAll("[data-during]")) one.hidden = false;
    part("before").hidden = true;
    button.hidden = true;
  } catch {
    isOn = false;
    location.reload();
  } finally {
    button.removeAttribute("aria-busy");
  }
}

function stop() {
  isOn = false;
  if (recorder?.state === "recording") recorder.stop();
  if (socket) { socket.isOld = true; socket.close(); }
  for (const track of stream?.getTracks() ?? []) track.stop();
  lock?.release();
  part("weak-note").hidden = true;
  for (const one of page.querySelectorAll("[data-during]")) one.hidden = true;
}

async function end() {
  stop();
  await post("end");
  location.assign(page.dataset.room);
}

// Held with a finger for a while; pressed by a reader or a keyboard it asks instead.
function offerStop() {
  const button = part("stop");
  let timer;
  let held = false;
  const let_go = () => { clearTimeout(timer); button.classList.remove("holding"); };
  button.addEventListener("pointerdown", () => {
    held = false;
    button.classList.add("holding");
    timer = setTimeout(() => { held = true; end(); }, HOLD_MS);
  });
  for (const name of ["pointerup", "pointerleave", "pointercancel"]) button.addEventListener(name, let_go);
  button.addEventListener("contextmenu", (event) => event.preventDefault());
  button.addEventListener("click", (event) => {
    if (!held && event.detail === 0 && confirm(page.dataset.sure)) end();
  });
}

async function turn() {
  facing = facing === "environment" ? "user" : "environment";
  await openCamera();
  record();
}

function mute() {
  isMuted = !isMuted;
  for (const track of stream.getAudioTracks()) track.enabled = !isMuted;
  part("mute").querySelector("span").textContent = isMuted ? page.dataset.muted : page.dataset.loud;
  part("mute").setAttribute("aria-pressed", String(isMuted));
}

function begin() {
  if (!window.MediaRecorder || !navigator.mediaDevices || !KINDS.some((one) => MediaRecorder.isTypeSupported(one))) {
    return trouble(page.dataset.noRecorder);
  }
  // A press that comes before the camera does is kept, not lost.
  opened = openCamera();
  opened.catch(() => trouble(page.dataset.noCamera));
  part("go").addEventListener("click", go);
  part("turn").addEventListener("click", turn);
  part("mute").addEventListener("click", mute);
  part("dim").addEventListener("click", () => { part("saver").hidden = false; part("saver").focus(); });
  part("saver").addEventListener("click", () => { part("saver").hidden = true; });
  page.querySelector("[data-next]").addEventListener("click", () => post("next", { seen: page.querySelector("[data-pin]").dataset.pin }));
  offerStop();
  setInterval(tick, 250);
  addEventListener("online", () => { if (isOn && socket?.readyState !== WebSocket.OPEN) connect(socket.take); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !isOn || !stream) return;
    stayAwake();
    if (stream.getTracks().some((track) => track.readyState === "ended" || track.muted)) revive();
  });
  addEventListener("beforeunload", (event) => { if (isOn) event.preventDefault(); });
}

if (page && page.dataset.state !== "ended") begin();
