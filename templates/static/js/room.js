// The control room stays as it is for everybody: each event of the show brings fresh [data-live] parts, and
// [data-act] forms are sent without leaving the page. Without server-sent events it asks every two seconds.
const room = document.querySelector("[data-room]");
const ASK_MS = 2000;
const GATHER_MS = 120;
let after = Number(room?.dataset.after) || 0;
let gathering;
let latest = 0;

function isChanged(box) {
  return box.options ? [...box.options].some((one) => one.selected !== one.defaultSelected) : box.value !== box.defaultValue;
}

// What is typed or unfolded inside a part outlives the part.
function keep(old, fresh) {
  for (const fold of old.querySelectorAll("details[open]")) {
    const home = fold.closest("[id]")?.id;
    const words = fold.querySelector("summary").textContent;
    const among = home ? fresh.querySelector(`#${CSS.escape(home)}`) ?? fresh : fresh;
    const same = [...among.querySelectorAll("details")].find((one) => one.querySelector("summary").textContent === words);
    if (!same) continue;
    // A form that was refused stands with its words until it is sent again.
    if (fold.querySelector("[data-refused]")) { same.replaceWith(document.adoptNode(fold)); continue; }
    same.open = true;
    const boxes = [...fold.querySelectorAll("input[id], select[id], textarea[id]")];
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

// What was refused is told until the next press, however much happens meanwhile.
function show(html, isPressed = false) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const fresh = page.querySelector("[data-room]");
  if (!fresh || Boolean(fresh.dataset.here) !== Boolean(room.dataset.here)) {
    // A page that answered a press is not loaded anew: that would press again.
    if (location.pathname === room.dataset.here) location.reload(); else location.replace(room.dataset.here);
    return;
  }
  const focused = document.activeElement?.id;
  for (const old of document.querySelectorAll("[data-live]")) {
    const part = page.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!part) { old.replaceChildren(); continue; }
    if (part.innerHTML === old.innerHTML || (old.dataset.live === "said" && !isPressed)) continue;
    keep(old, part);
    old.replaceWith(document.adoptNode(part));
  }
  if (focused) document.getElementById(focused)?.focus({ preventScroll: true });
  after = Math.max(after, Number(fresh.dataset.after) || 0);
  const words = document.querySelector("[data-live=said] .note");
  document.querySelector("[data-said]").textContent = words?.textContent ?? "";
  document.dispatchEvent(new CustomEvent("live:changed"));
}

async function refresh() {
  const turn = ++latest;
  const answer = await fetch(room.dataset.here, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (answer.ok && turn === latest) show(await answer.text());
}

function changed(number) {
  if (number <= after) return;
  after = number;
  clearTimeout(gathering);
  gathering = setTimeout(() => refresh().catch(() => {}), GATHER_MS);
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
    if (turn !== latest) refresh();
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
    event.submitter?.removeAttribute("aria-busy");
  }
}

async function ask() {
  try {
    const answer = await fetch(`${room.dataset.events}?after=${after}`, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.ok) changed((await answer.json()).version);
  } catch { /* No line now; the next turn asks again. */ }
  setTimeout(ask, ASK_MS);
}

function listen() {
  if (!("EventSource" in window)) return ask();
  const events = new EventSource(`${room.dataset.events}?after=${after}`);
  events.onmessage = (event) => changed(Number(event.lastEventId));
  let silent = 0;
  events.onerror = () => {
    silent += 1;
    if (silent > 5 && events.readyState !== EventSource.OPEN) { events.close(); ask(); }
  };
  events.onopen = () => { silent = 0; };
}

if (room?.dataset.here) {
  document.addEventListener("submit", send);
  addEventListener("online", () => refresh().catch(() => {}));
  document.addEventListener("visibilitychange", () => { if (!document.hidden) refresh().catch(() => {}); });
  listen();
}
