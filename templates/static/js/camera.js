// Films a show: a preview first, then on air until the button is held. The recorder never stops for a weak line.
import { Line } from "./camera/line.js";
import { Pace } from "./camera/pace.js";
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
const HEAR_MS = 6000;
const FILL_BYTES = 64 * 1024;
const shelf = new Shelf(page.dataset.show);
const pace = new Pace();
const rest = new Rest(page.dataset.socket, shelf, {
  // The picture comes first.
  spare: () => { if (isOn && line) return line.isCalm ? FILL_BYTES : 0; return Infinity; },
  lost: (seconds) => { isLost = true; showRest(seconds, page.dataset.lost); },
});
const recorder = new Recorder(shelf, {
  ended: () => revive(),
  sliced: (take) => { if (line?.take === take) line.pump(); },
});
let opened;
let line;
let sentBefore = 0;
let begun = 0;
let revived = 0;
let seenAt = 0;
let isDoubtful = false;
let picture = "";
let isOn = false;
let isLost = false;
let lock;
// What was pressed here and not told yet; and until when what the shop says may be older than that.
let wish = null;
let wishUntil = 0;

const sleep = (ms) => new Promise((rise) => setTimeout(rise, ms));

async function openCamera() {
  part("preview").srcObject = await recorder.open();
  showSound(recorder.stream, () => recorder.isMuted);
  showMute(recorder.isMuted, recorder.hasSound);
}

function whyNot(error) {
  return { NotAllowedError: page.dataset.noLeave, NotReadableError: page.dataset.inUse }[error.name] ?? page.dataset.noCamera;
}

// The camera opened anew, as another recorder. What has ended the filming meanwhile stands.
async function filmAnew() {
  revived = Date.now();
  isDoubtful = false;
  try {
    await openCamera();
    if (isOn) film();
    else recorder.close();
  } catch (error) {
    if (isOn) giveUp(whyNot(error), true);
  }
}

function film() {
  const take = recorder.record(pace.rates);
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
  if (!isOn) return rest.seconds + (line?.waitingSeconds ?? 0);
  return rest.seconds + (line && !line.isWeak() ? line.missedSeconds : 0);
}

function told(what) {
  if (what.refused === "not_live") {
    // Begun here and refused by the shop: it is to be begun once more, and there is nothing to keep.
    page.dataset.state = "planned";
    line?.take.forgetAll();
  }
  if (what.refused) return giveUp(what.words, what.refused !== "ended");
  ({ picture } = what);
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
  part("saver").hidden = true;
  stop();
  trouble(words);
  part("again").hidden = !mayGoOn;
}

// After a phone call. Another phone may film by then, which is heard of the shop first, where there is a line.
function revive() {
  const isToHear = !line?.wasHeard && Date.now() - seenAt < HEAR_MS;
  if (isOn && !document.hidden && !isToHear && Date.now() - revived > REVIVE_MS) filmAnew();
}

function tick() {
  rest.tick();
  line?.tick();
  if (!isLost) showRest(secondsUnsent());
  if (!isOn || !line) return;
  const { waitingSeconds } = line;
  const isShown = line.isOpen && picture === "on_air";
  showLine({ isWeak: line.isWeak(), isShown, waitingSeconds, sentBytes: sentBefore + line.sentBytes, begun });
  if (recorder.isSilent || (isDoubtful && recorder.looksDead)) revive();
  else if (recorder.isOpen && pace.change(line, rest.seconds + line.missedSeconds)) film();
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
    if (!recorder.isOpen) await openCamera().catch((error) => { trouble(whyNot(error)); throw error; });
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
  if (!isOn) return;
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

async function turn(event) {
  const button = event.currentTarget;
  if (!isOn || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  recorder.facing = recorder.facing === "environment" ? "user" : "environment";
  await filmAnew();
  button.removeAttribute("aria-busy");
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
  opened.catch((error) => trouble(whyNot(error)));
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
    seenAt = Date.now();
    isDoubtful = recorder.looksDead;
    if (isDoubtful || recorder.isSilent) line?.dial();
  });
  addEventListener("beforeunload", (event) => { if (isOn) event.preventDefault(); });
}

if (page.dataset.state === "ended") rest.find().then(() => { if (rest.seconds) rest.giveUp(); });
else begin();
