// Plays a live playlist: natively where the browser can, else by Media Source from the shop's own fragmented MP4
// (RFC 8216: EXT-X-MAP, EXTINF, DISCONTINUITY). Until there is one it asks now and then, and the still picture stays.
// Inside a fold nothing is fetched while it is closed: it opens by itself where the screen is wide. Nor while nobody
// sees or hears it, in a hidden tab or where the browser waits for a tap.
const video = document.querySelector("video[data-play]");
const slate = document.querySelector("[data-slate]");
const starter = document.querySelector("[data-start]");
const AGAIN_MS = 4000;
const NATIVE_MS = 8000;
const STALL_MS = 4000;
const REST_MS = 1000;
const AWAY_MS = 5000;
const NEWEST = 3;
const MOST_BEHIND = 5;
const FARTHEST_SECONDS = 10;
const AIM_SECONDS = 3;
const KEPT_SECONDS = 20;

const fold = video?.closest("[data-fold]");
const WIDE = "(min-width: 60em)";

let isRefused = false;
let wake = () => {};

const isWanted = () => !fold || fold.open;
const hasMediaSource = () => "ManagedMediaSource" in window || "MediaSource" in window;
// Who has put the sound on may be listening with the page behind another one.
const isAway = () => document.hidden && video.muted && document.pictureInPictureElement !== video;
const sleep = (ms) => new Promise((done) => setTimeout(done, ms));

// Sleep that a tap, or the page's return, ends.
function rest(ms) {
  return new Promise((done) => {
    const over = setTimeout(done, ms);
    wake = () => { clearTimeout(over); done(); };
  });
}

// Some browsers want a tap first, even without sound: iPhones that save power, some apps' own browsers.
async function play() {
  try {
    await video.play();
  } catch (error) {
    if (error.name === "NotAllowedError") waitForTap(true);
  }
}

function waitForTap(isWaiting) {
  isRefused = isWaiting;
  if (starter) starter.hidden = !isWaiting;
  wake();
}

function read(text, base) {
  const list = { segments: [], isOver: text.includes("#EXT-X-ENDLIST") };
  let number = Number(/#EXT-X-MEDIA-SEQUENCE:(\d+)/.exec(text)?.[1] ?? 0);
  let map = "";
  let seconds = 0;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#EXT-X-MAP:")) map = new URL(/URI="([^"]+)"/.exec(line)[1], base).href;
    else if (line.startsWith("#EXTINF:")) seconds = parseFloat(line.slice(8));
    else if (line && !line.startsWith("#")) list.segments.push({ number: number++, url: new URL(line, base).href, map, seconds });
  }
  return list;
}

// The codecs as the header tells them: avcC's profile, flags and level; AAC where there is sound.
function codecsOf(bytes) {
  const find = (name) => {
    const codes = [...name].map((char) => char.charCodeAt(0));
    return bytes.findIndex((_, at) => codes.every((code, step) => bytes[at + step] === code));
  };
  const at = find("avcC");
  const hex = at < 0 ? "42c01e" : [...bytes.slice(at + 5, at + 8)].map((one) => one.toString(16).padStart(2, "0")).join("");
  return `video/mp4; codecs="avc1.${hex}${find("mp4a") < 0 ? "" : ",mp4a.40.2"}"`;
}

async function bytesOf(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(String(answer.status));
  return new Uint8Array(await answer.arrayBuffer());
}

function done(buffer) {
  return new Promise((resolve, reject) => {
    buffer.addEventListener("updateend", resolve, { once: true });
    buffer.addEventListener("error", reject, { once: true });
  });
}

async function append(buffer, bytes) {
  const finished = done(buffer);
  buffer.appendBuffer(bytes);
  await finished;
}

async function listOf(url) {
  const answer = await fetch(url, { cache: "no-store" });
  return answer.ok ? read(await answer.text(), answer.url) : null;
}

async function playByMediaSource(url) {
  const Source = window.ManagedMediaSource ?? window.MediaSource;
  if (!Source) return false;
  const source = new Source();
  video.disableRemotePlayback = true;
  video.src = URL.createObjectURL(source);
  await new Promise((open) => source.addEventListener("sourceopen", open, { once: true }));
  let buffer;
  let map = "";
  let next = -1;
  while (isWanted()) {
    if (isAway() || isRefused) {
      next = -1;
      await rest(REST_MS);
      continue;
    }
    const list = await listOf(url).catch(() => null);
    const segments = list?.segments ?? [];
    const last = segments.at(-1)?.number ?? next;
    // At the beginning, after an outage, and where the playlist counts anew: what is on air now, not what was missed.
    const isElsewhere = next < 0 || next > last + 1 || last - next > MOST_BEHIND;
    if (isElsewhere && segments.length) next = segments[Math.max(0, segments.length - NEWEST)].number;
    for (const one of segments.filter((segment) => segment.number >= next)) {
      if (one.map !== map) {
        const header = await bytesOf(one.map);
        const type = codecsOf(header);
        if (!Source.isTypeSupported(type)) return false;
        if (buffer) buffer.changeType(type);
        else { buffer = source.addSourceBuffer(type); buffer.mode = "sequence"; }
        await append(buffer, header);
        map = one.map;
      }
      await append(buffer, await bytesOf(one.url).catch(() => new Uint8Array()));
      next = one.number + 1;
      video.hidden = false;
      // Not awaited: it is answered only when enough has come to play.
      if (video.paused) play();
      await keepUp(buffer);
    }
    if (list?.isOver) return true;
    await rest(Math.min(2000, Math.max(500, (segments.at(-1)?.seconds ?? 1) * 500)));
  }
  video.hidden = true;
  return false;
}

async function keepUp(buffer) {
  const ranges = video.buffered;
  if (!ranges.length) return;
  const end = ranges.end(ranges.length - 1);
  const start = ranges.start(ranges.length - 1);
  if (video.currentTime < start || end - video.currentTime > FARTHEST_SECONDS) video.currentTime = Math.max(start, end - AIM_SECONDS);
  if (video.currentTime - ranges.start(0) > 2 * KEPT_SECONDS && !buffer.updating) {
    const finished = done(buffer);
    buffer.remove(0, video.currentTime - KEPT_SECONDS);
    await finished;
  }
}

// Until it fails, at the beginning or later: Chromium's own player was seen to give up on a list that grew.
function playNatively(url) {
  if (!video.canPlayType("application/vnd.apple.mpegurl")) return Promise.resolve();
  return new Promise((settle) => {
    const listening = new AbortController();
    const giveUp = () => {
      clearTimeout(timer);
      clearTimeout(leaving);
      listening.abort();
      video.removeAttribute("src");
      video.load();
      settle();
    };
    // Without another way to play, it has all the time it takes; and no time runs while the browser waits for a tap.
    let timer;
    let leaving;
    const start = () => {
      clearTimeout(timer);
      timer = hasMediaSource() ? setTimeout(() => { if (!isRefused) giveUp(); }, NATIVE_MS) : 0;
      video.hidden = false;
      video.src = url;
      play();
    };
    const lookAway = () => {
      clearTimeout(leaving);
      if (!document.hidden) { if (!video.hasAttribute("src")) start(); return; }
      leaving = setTimeout(() => {
        if (!isAway()) return;
        clearTimeout(timer);
        video.removeAttribute("src");
        video.load();
      }, AWAY_MS);
    };
    video.addEventListener("error", giveUp, { signal: listening.signal });
    fold?.addEventListener("toggle", giveUp, { signal: listening.signal });
    video.addEventListener("playing", () => clearTimeout(timer), { signal: listening.signal });
    document.addEventListener("visibilitychange", lookAway, { signal: listening.signal });
    start();
    lookAway();
  });
}

function untilWanted() {
  return isWanted() ? Promise.resolve() : new Promise((go) => fold.addEventListener("toggle", go, { once: true }));
}

// The slate comes when the picture stands still for a while, and goes with its next move.
function watchTheClock() {
  if (!slate) return;
  let last = -1;
  let moved = Date.now();
  setInterval(() => {
    if (video.currentTime !== last) { last = video.currentTime; moved = Date.now(); }
    slate.hidden = video.hidden || isRefused || Date.now() - moved < STALL_MS;
  }, 500);
}

// A picture that the browser has stopped goes on when the page is back, or at the next tap.
function goOn() {
  wake();
  if (isRefused || document.hidden || !isWanted()) return;
  if (!video.hidden && video.paused && video.hasAttribute("src")) play();
}

// A tap anywhere is the one that the browser waits for.
function tapped() {
  if (isRefused) waitForTap(false);
  goOn();
}

function offerSound() {
  const button = document.querySelector("[data-sound]");
  if (!button) return;
  const words = button.querySelector("span");
  const off = words.textContent;
  button.hidden = false;
  button.addEventListener("click", () => {
    video.muted = !video.muted;
    words.textContent = video.muted ? off : button.dataset.on;
  });
}

async function begin() {
  const url = new URL(video.dataset.play, location.href).href;
  if (fold) {
    fold.hidden = false;
    fold.open = matchMedia(WIDE).matches;
  }
  for (;;) {
    await untilWanted();
    const list = await listOf(url).catch(() => null);
    if (list?.segments.length) break;
    await sleep(AGAIN_MS);
  }
  offerSound();
  watchTheClock();
  video.addEventListener("playing", () => waitForTap(false));
  document.addEventListener("click", tapped);
  document.addEventListener("visibilitychange", goOn);
  await playNatively(url);
  while (!(await playByMediaSource(url).catch(() => false))) {
    await untilWanted();
    await sleep(AGAIN_MS);
    if (!hasMediaSource()) await playNatively(url);
  }
}

if (video) begin();
