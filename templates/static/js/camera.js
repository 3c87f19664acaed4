// Films a show: a preview first, then on air until the button is held. The recorder never stops for a weak line.
import { Line } from "./camera/line.js";
import { Recorder, canRecord } from "./camera/recorder.js";
import { part, showLine, showShow, showSound, trouble } from "./camera/screen.js";

const page = document.querySelector("[data-camera]");
const TICK_MS = 250;
const HOLD_MS = 1200;
const recorder = new Recorder({
  ended: () => revive(),
  sliced: (take, number) => { if (line?.take === take) line.send(number); },
});
let opened;
let line;
let sentBefore = 0;
let begun = 0;
let isOn = false;
let lock;

async function openCamera() {
  part("preview").srcObject = await recorder.open();
  showSound(recorder.stream, () => recorder.isMuted);
}

function film() {
  const take = recorder.record();
  hangUp();
  line = new Line(page.dataset.socket, take, { told });
}

function hangUp() {
  sentBefore += line?.sentBytes ?? 0;
  line?.hangUp();
  line = null;
}

function told(what) {
  if (!what.refused) return showShow(what);
  stop();
  trouble(what.words);
}

// After a phone call: open the camera anew, as another recorder.
async function revive() {
  if (!isOn || document.hidden) return;
  try {
    await openCamera();
    film();
  } catch { trouble(page.dataset.noCamera); }
}

function tick() {
  if (!isOn || !line) return;
  line.tick();
  showLine({ isWeak: line.isWeak(), waitingSeconds: line.take.waitingSeconds, sentBytes: sentBefore + line.sentBytes, begun });
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
    film();
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
  recorder.stop();
  hangUp();
  recorder.close();
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
  recorder.facing = recorder.facing === "environment" ? "user" : "environment";
  await openCamera();
  film();
}

function mute() {
  recorder.mute(!recorder.isMuted);
  part("mute").querySelector("span").textContent = recorder.isMuted ? page.dataset.muted : page.dataset.loud;
  part("mute").setAttribute("aria-pressed", String(recorder.isMuted));
}

function begin() {
  if (!canRecord()) return trouble(page.dataset.noRecorder);
  // A press that comes before the camera does is kept, not lost.
  opened = openCamera();
  opened.catch(() => trouble(page.dataset.noCamera));
  part("go").addEventListener("click", go);
  part("turn").addEventListener("click", turn);
  part("mute").addEventListener("click", mute);
  part("dim").addEventListener("click", () => { part("saver").hidden = false; part("saver").focus(); });
  part("saver").addEventListener("click", () => { part("saver").hidden = true; });
  part("next").addEventListener("click", () => post("next", { seen: part("pin").dataset.pin }));
  offerStop();
  setInterval(tick, TICK_MS);
  addEventListener("online", () => { if (isOn && line && !line.isOpen) line.dial(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !isOn) return;
    stayAwake();
    if (recorder.looksDead) revive();
  });
  addEventListener("beforeunload", (event) => { if (isOn) event.preventDefault(); });
}

if (page && page.dataset.state !== "ended") begin();
