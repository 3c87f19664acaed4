// The control room stays as it is for everybody: each event of the show brings fresh [data-live] parts, and
// [data-act] forms are sent without leaving the page. Without server-sent events it asks every two seconds.
const room = document.querySelector("[data-room]");
const ASK_MS = 2000;
const GATHER_MS = 120;
const LONGEST_MS = 20_000;
const IN_HAND_MS = 5000;
const MOST_SILENT = 5;
let after = Number(room?.dataset.after) || 0;
let gathering;
let dueAt = Infinity;
let asking = null;
let isStale = false;
let pressing = 0;
let latest = 0;
let touchedAt = 0;
let events = null;
let silent = 0;
let dialling;

function isChanged(box) {
  return box.options ? [...box.options].some((one) => one.selected !== one.defaultSelected) : box.value !== box.defaultValue;
}

// What is typed or unfolded inside a part outlives the part.
function keep(old, fresh) {
  for (const fold of old.querySelectorAll("details[open]")) {
    const home = fold.closest("[id]")?.id;
    const words = fold.querySelector("summary").textContent;
    const among = home ? fresh.querySelector(`#${CSS.escape(home)}`) : fresh;
    if (!among) continue;
    const same = [...among.querySelectorAll("details")].find((one) => one.querySelector("summary").textContent === words);
    const boxes = [...fold.querySelectorAll("input[id], select[id], textarea[id]")];
    const isRefused = Boolean(fold.querySelector("[data-refused]"));
    if (!same) {
      // Another product is pinned now: what was typed for this one goes on standing in its row.
      const tools = fold.closest(".tools");
      if (tools && (isRefused || boxes.some(isChanged)) && !among.querySelector(".tools")) among.append(tools);
      continue;
    }
    // A form that was refused stands with its words until it is sent again.
    if (isRefused) { same.replaceWith(document.adoptNode(fold)); continue; }
    same.open = true;
    if (!boxes.some(isChanged)) continue;
    for (const box of boxes) {
      const twin = same.querySelector(`#${CSS.escape(box.id)}`);
      if (twin) twin.value = box.value;
    }
    // What was typed was typed beside the facts of then: it goes out with these, and the shop sees what has changed since.
    for (const hidden of fold.querySelectorAll("input[type=hidden]")) {
      const twin = same.querySelector(`input[type=hidden][name="${CSS.escape(hidden.name)}"]`);
      if (twin) twin.value = hidden.value;
    }
  }
}

// Whether a part differs in what is seen; if not, it stays, and only learns the facts of now that it sends along.
function isSame(old, part) {
  const bare = (one) => {
    const copy = one.cloneNode(true);
    for (const hidden of copy.querySelectorAll("input[type=hidden]")) hidden.removeAttribute("value");
    return copy.innerHTML;
  };
  if (part.hidden !== old.hidden || bare(part) !== bare(old)) return false;
  const now = part.querySelectorAll("input[type=hidden]");
  old.querySelectorAll("input[type=hidden]").forEach((one, at) => { one.value = now[at].value; });
  return true;
}

// A box that somebody has just typed in or opened: taken away, it would cut a word or shut a list.
function boxInHand() {
  const box = document.activeElement;
  return Date.now() - touchedAt < IN_HAND_MS && box?.matches("input, select, textarea") ? box : null;
}

// What was refused is told until the next press, however much happens meanwhile.
function show(html, isPressed = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-room]");
  if (!fresh || Boolean(fresh.dataset.here) !== Boolean(room.dataset.here)) {
    // A page that answered a press is not loaded anew: that would press again.
    if (location.pathname === room.dataset.here) location.reload(); else location.replace(room.dataset.here);
    return;
  }
  for (const one of document.querySelectorAll(".unsent")) one.remove();
  const focused = document.activeElement?.id;
  const inHand = isPressed ? null : boxInHand();
  for (const old of document.querySelectorAll("[data-live]")) {
    const part = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (old.dataset.live === "said" && !isPressed) continue;
    if (inHand && old.contains(inHand)) { gather(IN_HAND_MS); continue; }
    if (!part) { old.replaceChildren(); continue; }
    keep(old, part);
    for (const one of part.querySelectorAll("[data-copy]")) one.hidden = false;
    if (!isSame(old, part)) old.replaceWith(document.adoptNode(part));
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  after = Math.max(after, Number(fresh.dataset.after) || 0);
  const words = document.querySelector("[data-live=said] .note");
  document.querySelector("[data-said]").textContent = words?.textContent ?? "";
  document.dispatchEvent(new CustomEvent("live:changed"));
}

// One page at a time, and once more where something has changed meanwhile: events faster than a round trip would else
// make each answer an old one. What a press brings is newer than any page that was asked for before.
async function refresh() {
  clearTimeout(gathering);
  dueAt = Infinity;
  isStale = true;
  if (asking || pressing || document.hidden) return;
  isStale = false;
  const own = asking = new AbortController();
  const slow = setTimeout(() => own.abort(), LONGEST_MS);
  let html = "";
  try {
    const wants = { headers: { Accept: "text/html" }, cache: "no-store", signal: own.signal };
    const answer = await fetch(room.dataset.here, wants);
    if (answer.ok) html = await answer.text();
    else if (answer.status >= 500) throw new Error(String(answer.status));
  } catch {
    if (asking === own) gather(ASK_MS);
  }
  clearTimeout(slow);
  if (asking !== own) return;
  asking = null;
  if (html) show(html);
  if (isStale) gather(GATHER_MS);
}

// Not put off by what comes after: in a busy show something always does.
function gather(ms) {
  const at = Date.now() + ms;
  if (at >= dueAt) return;
  clearTimeout(gathering);
  dueAt = at;
  gathering = setTimeout(refresh, ms);
}

// What is on its way is older than what comes now.
function drop() {
  isStale ||= Boolean(asking);
  asking?.abort();
  asking = null;
}

function changed(number) {
  if (number <= after || document.hidden) return;
  after = number;
  gather(GATHER_MS);
}

// Nothing was sent: said where it was pressed, and what was typed stays.
function unsent(form) {
  const place = form.closest("li, .head") ?? form;
  place.append(document.querySelector("[data-unsent]").content.cloneNode(true));
}

async function send(event) {
  const form = event.target.closest("form[data-act]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  event.submitter?.setAttribute("aria-busy", "true");
  const body = new URLSearchParams(new FormData(form, event.submitter));
  const turn = ++latest;
  pressing += 1;
  drop();
  for (const one of document.querySelectorAll(".unsent")) one.remove();
  try {
    const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "text/html" } });
    const html = await answer.text();
    const isRefused = !answer.ok && html.includes("data-room");
    if (!answer.ok && !isRefused) return form.submit();
    // What was refused comes back with its form open and typed in; forms beside the fresh parts stay as they are.
    if (answer.ok || form.closest("[data-live]")) form.closest("details")?.removeAttribute("open");
    if (form.dataset.clear !== undefined) {
      if (answer.ok) for (const box of form.querySelectorAll(".box")) box.value = "";
    } else for (const one of document.querySelectorAll("[data-live] form[data-act]")) {
      // Fresh parts may have come before the answer: the fold is then another one.
      if (one.action === form.action) one.closest("details")?.removeAttribute("open");
    }
    if (turn === latest || isRefused) show(html, true);
    else document.querySelector("[data-live=said]")?.replaceChildren();
    isStale ||= turn !== latest;
  } catch {
    unsent(form);
  } finally {
    pressing -= 1;
    form.removeAttribute("aria-busy");
    event.submitter?.removeAttribute("aria-busy");
    if (isStale) refresh();
  }
}

async function ask() {
  try {
    const wants = { headers: { Accept: "application/json" }, cache: "no-store" };
    const answer = document.hidden ? null : await fetch(`${room.dataset.events}?after=${after}`, wants);
    if (answer?.status === 404) return;
    if (answer?.ok) changed((await answer.json()).version);
  } catch { /* No line now; the next turn asks again. */ }
  setTimeout(ask, ASK_MS);
}

function listen() {
  if (!("EventSource" in window)) return ask();
  clearTimeout(dialling);
  events?.close();
  const own = events = new EventSource(`${room.dataset.events}?after=${after}`);
  own.onmessage = (event) => changed(Number(event.lastEventId));
  own.onerror = () => {
    silent += 1;
    if (silent > MOST_SILENT && own.readyState !== EventSource.OPEN) { own.close(); events = null; ask(); }
    // What was answered by something else, as a proxy's 502, is never dialled anew by the browser.
    else if (own.readyState === EventSource.CLOSED) dialling = setTimeout(listen, ASK_MS);
  };
  own.onopen = () => { silent = 0; };
}

// Back before the eyes or on the line: as things are now, whatever was still on its way.
function comeBack() {
  if (document.hidden) return;
  drop();
  refresh();
  if (events) listen();
}

function touch() {
  touchedAt = Date.now();
}

if (room?.dataset.here) {
  document.addEventListener("submit", send);
  for (const kind of ["input", "keydown", "pointerdown"]) document.addEventListener(kind, touch);
  addEventListener("online", comeBack);
  document.addEventListener("visibilitychange", comeBack);
  listen();
}
