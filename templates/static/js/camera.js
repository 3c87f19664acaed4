// Films a show: a preview first, then on air until the button is held. The recorder never stops for a weak line.
import { Line } from "./camera/line.js";
import { Recorder, canRecord } from "./camera/recorder.js";
import { Rest } from "./camera/rest.js";
import { part, showLine, showMute, showRest, showShow, showSound, trouble } from "./camera/screen.js";
import { Shelf } from "./camera/shelf.js";

const page = document.querySelector("[data-camera]");
const TICK_MS = 250;
const HOLD_MS = 1200;
const REVIVE_MS = 10000;
const SETTLE_MS = 1500;
const TRAIL_MS = 500;
const DRAIN_MS = 60000;
const STANDSTILL_MS = 6000;
const AGAIN_MS = 2000;
const shelf = new Shelf(page.dataset.show);
const rest = new Rest(page.dataset.socket, shelf, { lost: (seconds) => { isLost = true; showRest(seconds, page.dataset.lost); } });
const recorder = new Recorder(shelf, {
  ended: () => revive(),
  sliced: (take, number) => { if (line?.take === take) line.send(number); },
});
let opened;
let line;
let sentBefore = 0;
let begun = 0;
let revived = 0;
let isOn = false;
let isLost = false;
let lock;
// What was pressed here and not told yet; and until when what the shop says may be older than that.
let wish = null;
let wishUntil = 0;

const sleep = (ms) => new Promise((rise) => setTimeout(rise, ms));

async function openCamera() {
  try {
    part("preview").srcObject = await recorder.open();
  } catch (error) {
    trouble({ NotAllowedError: page.dataset.noLeave, NotReadableError: page.dataset.inUse }[error.name] ?? page.dataset.noCamera);
    throw error;
  }
  trouble("");
  showSound(recorder.stream, () => recorder.isMuted);
  showMute(recorder.isMuted, recorder.hasSound);
}

function film() {
  const take = recorder.record();
  hangUp();
  line = new Line(page.dataset.socket, take, { told, shut });
}

// What the line's take has not sent follows behind, with the slice that its recorder still gives when it is stopped.
function hangUp() {
  if (!line) return;
  const { take } = line;
  sentBefore += line.sentBytes;
  line.hangUp();
  line = null;
  setTimeout(() => rest.add(take), TRAIL_MS);
}

function secondsUnsent() {
  return rest.seconds + (isOn ? 0 : line?.waitingSeconds ?? 0);
}

function told(what) {
  if (what.refused) return giveUp(what.words, what.refused !== "ended" && what.refused !== "not_live");
  showShow(what);
  if (wish !== null) tellSound();
  else if (Date.now() > wishUntil) mute(what.muted);
}

// The shop lets nobody in who is signed out: told only when it says so itself, not when there is no line.
async function shut() {
  const answer = await fetch(location.pathname, { method: "HEAD", cache: "no-store" }).catch(() => null);
  if (isOn && answer?.status === 404) giveUp(page.dataset.noDoor, true);
}

function giveUp(words, mayGoOn) {
  stop();
  trouble(words);
  part("again").hidden = !mayGoOn;
}

// After a phone call: open the camera anew, as another recorder.
async function revive() {
  if (!isOn || document.hidden || Date.now() - revived < REVIVE_MS) return;
  revived = Date.now();
  try {
    await openCamera();
    film();
  } catch {
    giveUp(part("trouble-words").textContent, true);
  }
}

function tick() {
  rest.tick();
  line?.tick();
  if (!isLost) showRest(secondsUnsent());
  if (!isOn || !line) return;
  showLine({ isWeak: line.isWeak(), waitingSeconds: line.waitingSeconds, sentBytes: sentBefore + line.sentBytes, begun });
  if (recorder.isSilent) revive();
}

async function stayAwake() {
  try { lock = await navigator.wakeLock?.request("screen"); } catch { /* The phone may refuse; filming goes on. */ }
}

// The answer's page is not fetched: a weak line has better things to carry.
async function post(path, fields = {}) {
  const answer = await fetch(`${page.dataset.room}/do/${path}`, { method: "POST", body: new URLSearchParams(fields), redirect: "manual", headers: { Accept: "text/html" } });
  if (!answer.ok && answer.type !== "opaqueredirect") throw new Error(String(answer.status));
}

async function go(event) {
  const button = event.currentTarget;
  if (isOn || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  try {
    await opened?.catch(() => {});
    if (!recorder.isOpen) await openCamera();
    if (page.dataset.state === "planned") await post("start").catch((error) => { trouble(page.dataset.noStart); throw error; });
    page.dataset.state = "live";
    isOn = true;
    begun ||= Date.now();
    trouble("");
    film();
    stayAwake();
    showDuring(true);
  } catch { /* What went wrong is told; the button begins again. */ } finally {
    button.removeAttribute("aria-busy");
  }
}

function showDuring(isShown) {
  for (const one of page.querySelectorAll("[data-during]")) one.hidden = !isShown;
  part("before").hidden = true;
  part("go").hidden = true;
  part("again").hidden = true;
}

function stop() {
  isOn = false;
  recorder.stop();
  hangUp();
  recorder.close();
  lock?.release();
  part("weak-note").hidden = true;
  showDuring(false);
}

// The last slices go before the show ends; without a line the end waits until there is one.
async function end() {
  isOn = false;
  recorder.stop();
  recorder.close();
  part("stop").setAttribute("aria-busy", "true");
  for (let isOver = false; !isOver;) {
    await sleep(TRAIL_MS);
    await untilSent();
    try {
      await post("end");
      isOver = true;
    } catch {
      trouble(page.dataset.notEnded);
      await sleep(AGAIN_MS);
    }
  }
  await shelf.write();
  location.assign(page.dataset.room);
}

// As long as something goes out, and not for ever.
async function untilSent() {
  const until = Date.now() + DRAIN_MS;
  let least = secondsUnsent();
  let moved = Date.now();
  while (least && Date.now() < until && Date.now() - moved < STANDSTILL_MS) {
    await sleep(TICK_MS);
    const left = secondsUnsent();
    if (left < least) { least = left; moved = Date.now(); }
  }
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
  try {
    await openCamera();
    film();
  } catch {
    giveUp(part("trouble-words").textContent, true);
  }
}

function mute(isMuted) {
  recorder.mute(isMuted);
  showMute(isMuted, recorder.hasSound);
}

// One switch for all who run the show: pressed here it holds at once, and is told when there is a line.
async function tellSound() {
  const on = wish;
  try {
    await post("mute", { on: on ? 1 : 0 });
    if (wish === on) wish = null;
    wishUntil = Date.now() + SETTLE_MS;
  } catch { /* Told with the next word from the shop. */ }
}

function begin() {
  if (!canRecord()) return trouble(page.dataset.noRecorder);
  // A press that comes before the camera does is kept, not lost.
  opened = openCamera();
  opened.catch(() => {});
  rest.find();
  part("go").addEventListener("click", go);
  part("go").hidden = false;
  part("again").addEventListener("click", go);
  part("turn").addEventListener("click", turn);
  part("mute").addEventListener("click", () => { wish = !recorder.isMuted; mute(wish); tellSound(); });
  part("dim").addEventListener("click", () => { part("saver").hidden = false; part("saver").focus(); });
  part("saver").addEventListener("click", () => { part("saver").hidden = true; });
  part("next").addEventListener("click", () => post("next", { seen: part("pin").dataset.pin }).catch(() => {}));
  offerStop();
  setInterval(tick, TICK_MS);
  addEventListener("online", () => { if (line && !line.isOpen) line.dial(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || !isOn) return;
    stayAwake();
    if (recorder.looksDead) revive();
  });
  addEventListener("beforeunload", (event) => { if (isOn) event.preventDefault(); });
}

if (page.dataset.state === "ended") rest.find().then(() => { if (rest.seconds) rest.giveUp(); });
else begin();
