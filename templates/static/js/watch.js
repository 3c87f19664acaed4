// Keeps a show's page as the show is: what is pinned, what is left, who has just bought. The order goes out without
// leaving the picture. Server-sent events, or a look every second and a half where those don't pass.
const page = document.querySelector("[data-watch]");
const LOOK_MS = 1500;
const AWAY_MS = 10_000;
const MOST_SILENT = 5;
const visitor = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const address = page && `${page.dataset.watch}?v=${visitor}`;
const sheet = document.querySelector("[data-sheet]");
const typed = new Map();
let latest = null;
let isOver = false;
let events = null;
let silent = 0;
let waiting;

function set(pin, name, value) {
  const part = pin.querySelector(`[data-field="${name}"]`);
  if (!part) return;
  if (part.tagName === "IMG") {
    part.hidden = !value;
    if (value && part.getAttribute("src") !== value) part.src = value;
  } else {
    part.textContent = value ? (part.dataset.lead ?? "") + value : "";
  }
}

function show(told) {
  latest = told;
  isOver = told.state !== "live";
  if (isOver) return leave();
  document.querySelector("[data-viewers]").textContent = told.viewers;
  const sold = document.querySelector("[data-sold]");
  if (sold.querySelector("span").textContent !== told.sold) sold.querySelector("span").textContent = told.sold;
  sold.hidden = !told.sold;
  const lines = told.comments.map(([author, text]) => {
    const line = document.createElement("li");
    line.className = "plate";
    const who = document.createElement("b");
    who.textContent = author;
    line.append(who, ` ${text}`);
    return line;
  });
  document.querySelector("[data-comments]").replaceChildren(...lines);
  for (const [pin, left] of told.left) {
    for (const place of document.querySelectorAll(`[data-left="${CSS.escape(pin)}"]`)) place.textContent = left;
  }
  showPin(told.pinned, told.has_more);
}

function showPin(pinned, hasMore) {
  const pin = document.querySelector("[data-pin]");
  const buy = document.querySelector("[data-buy]");
  const still = document.querySelector("[data-still]");
  pin.hidden = !pinned;
  if (!pinned) return;
  for (const [name, value] of Object.entries(pinned)) set(pin, name, value);
  pin.className = `pin kind-${pinned.kind}${pinned.is_sold_out ? " gone" : ""}`;
  pin.dataset.pin = pinned.pin;
  if (pinned.photo && still.getAttribute("src") !== pinned.photo) { still.src = pinned.photo; still.hidden = false; }
  buy.querySelector("span").textContent = pinned.is_sold_out ? buy.dataset.more : `${buy.dataset.words} · ${pinned.price}`;
  buy.hidden = pinned.is_sold_out && !hasMore;
  const offered = document.querySelector("[data-order] [name=price_vnd]")?.value;
  const price = pinned.price.replace(/\D/g, "");
  if (isOpen() || (sheet.dataset.chosen === pinned.pin && (pinned.is_sold_out ? !offered : offered === price))) return;
  renew(pinned.pin);
}

// The form or the goods are before somebody: opened, ordered from, or with the focus in them. On a wide screen they
// always stand beside the picture, and on a phone one can scroll to them.
function isOpen() {
  const placed = sheet.querySelector("[data-placed]");
  return location.hash === "#mua" || sheet.classList.contains("open") || Boolean(placed && !placed.hidden)
    || Boolean(document.activeElement?.closest("[data-order], [data-sheet] nav"));
}

function isTyped() {
  return [...document.querySelectorAll("[data-order] .box")].some((box) => box.value !== box.defaultValue);
}

// The show is over: on to what is left of it, but not away from an order that somebody is writing or has just placed.
function leave() {
  if (!isOpen() && !isTyped()) return location.replace(page.dataset.page);
  document.querySelector("[data-over]").hidden = false;
  for (const one of document.querySelectorAll("[data-slate], .plate.live")) one.remove();
}

function catchUp() {
  if (isOver) leave();
  else if (latest) showPin(latest.pinned, latest.has_more);
}

async function sheetOf(pin) {
  const address = `${page.dataset.page}?pin=${encodeURIComponent(pin)}`;
  const answer = await fetch(address, { headers: { Accept: "text/html" }, cache: "no-store" });
  if (!answer.ok) return null;
  return new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sheet]");
}

// The form of what is pinned now, as long as nobody is filling in another.
async function renew(pin) {
  if (sheet.dataset.renewing === pin) return;
  sheet.dataset.renewing = pin;
  try {
    const fresh = await sheetOf(pin);
    if (fresh && !isOpen()) swap(fresh);
  } catch {
    setTimeout(catchUp, LOOK_MS);
  } finally {
    delete sheet.dataset.renewing;
  }
}

// Another form in the place of this one, with what was typed. The line to the seller is left alone: somebody may be
// writing in it.
function swap(fresh) {
  const old = sheet.querySelector("[data-order]");
  const form = fresh.querySelector("[data-order]");
  if (old) remember(old);
  if (form) recall(form, old);
  const say = sheet.querySelector("[data-say]");
  for (const one of [...sheet.children]) if (one !== say) one.remove();
  const [before, after] = [[], []];
  let side = before;
  for (const one of fresh.children) if (one.matches("[data-say]")) side = after; else side.push(one);
  say.before(...before);
  say.after(...after);
  sheet.dataset.chosen = fresh.dataset.chosen;
}

function remember(form) {
  for (const box of form.elements) {
    if (box.name && box.type !== "hidden" && (box.type !== "radio" || box.checked)) typed.set(box.name, box.value);
  }
}

// Amounts are of one product alone. After an order the buyer's own words are there for the next, and nobody is writing.
function recall(form, old) {
  const isSame = old && !old.hidden && old.elements.pin.value === form.elements.pin.value;
  for (const box of form.elements) {
    if (!typed.has(box.name) || box.type === "hidden" || (!isSame && box.name.endsWith("amount"))) continue;
    if (box.type === "radio") { if (box.value === typed.get(box.name)) box.checked = true; continue; }
    box.value = typed.get(box.name);
    if (old?.hidden) box.defaultValue = box.value;
  }
}

function wrong(form, problem) {
  const box = form.querySelector("[data-wrong]");
  const first = problem.errors?.[0];
  box.querySelector("p").textContent = problem.errors?.map((one) => one.detail).join(" ") || problem.detail;
  box.hidden = false;
  for (const field of form.querySelectorAll("[aria-invalid]")) field.removeAttribute("aria-invalid");
  for (const one of problem.errors ?? []) form.querySelector(`#${CSS.escape(one.field)}`)?.setAttribute("aria-invalid", "true");
  if (["delivery", "payment"].includes(first?.field)) form.querySelector(".how").open = true;
  (first && form.querySelector(`#${CSS.escape(first.field)}`) || box).focus?.();
  box.scrollIntoView({ block: "nearest" });
}

// What the shop answers; null where nothing has reached it, and what was typed stays.
function sent(form) {
  const body = new URLSearchParams(new FormData(form));
  return fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } }).catch(() => null);
}

async function order(event) {
  const form = event.target.closest("[data-order]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await sent(form);
    if (!answer) return wrong(form, { detail: document.body.dataset.offline });
    const told = await answer.json();
    if (answer.status === 409) return await refused(form, told);
    if (!answer.ok) return wrong(form, told);
    const placed = document.querySelector("[data-placed]");
    placed.querySelector("[data-code]").textContent = told.code;
    placed.querySelector("[data-total]").textContent = told.total;
    placed.querySelector("[data-open]").href = told.href;
    form.hidden = true;
    placed.hidden = false;
    sheet.dataset.chosen = "";
    placed.focus({ preventScroll: true });
    sheet.scrollIntoView();
  } catch {
    form.submit();
  } finally {
    form.removeAttribute("aria-busy");
  }
}

// The price has changed, or there is less left: the form as it is now, so that the next press can go out.
async function refused(form, told) {
  let fresh;
  try {
    fresh = await sheetOf(form.elements.pin.value);
  } catch {
    return wrong(form, told);
  }
  if (!fresh) return form.submit();
  if (fresh.querySelector("[data-order]")) swap(fresh);
  wrong(sheet.querySelector("[data-order]"), told);
}

async function say(event) {
  const form = event.target.closest("[data-say]");
  if (!form) return;
  event.preventDefault();
  if (!form.text.value.trim()) return form.text.focus();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  const answer = await sent(form);
  const told = answer ? await answer.json().catch(() => ({})) : { detail: document.body.dataset.offline };
  form.removeAttribute("aria-busy");
  if (answer && !answer.ok && !told.detail) return form.submit();
  const refusal = form.querySelector("[data-not-said]");
  refusal.hidden = Boolean(answer?.ok);
  refusal.querySelector("p").textContent = told.detail ?? "";
  form.querySelector("[data-said-it]").hidden = !answer?.ok;
  if (answer?.ok) form.text.value = "";
}

function close(event) {
  if (!event.target.closest('a[href="#xem"]')) return;
  sheet.classList.remove("open");
  sheet.querySelector("[data-placed]")?.setAttribute("hidden", "");
  if (!isOver) return setTimeout(catchUp);
  event.preventDefault();
  location.replace(page.dataset.page);
}

async function ask() {
  clearTimeout(waiting);
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 404) return;
    if (answer.ok) show(await answer.json());
  } catch { /* No line now; the next turn asks again. */ }
  clearTimeout(waiting);
  // Out of sight seldom, yet often enough to be counted.
  waiting = setTimeout(ask, document.hidden ? AWAY_MS : LOOK_MS);
}

function listen() {
  if (!("EventSource" in window)) return ask();
  clearTimeout(waiting);
  events?.close();
  const own = events = new EventSource(address);
  own.onmessage = (event) => { silent = 0; show(JSON.parse(event.data)); };
  own.onerror = () => {
    silent += 1;
    if (silent > MOST_SILENT) { own.close(); events = null; ask(); }
    // What was answered by something else, as a proxy's 502, is never dialled anew by the browser.
    else if (own.readyState === EventSource.CLOSED) waiting = setTimeout(listen, LOOK_MS * silent);
  };
}

// Back before the eyes: as things are now, not at the next change.
function comeBack() {
  if (document.hidden) return;
  if (events) listen(); else ask();
}

if (page) {
  document.addEventListener("submit", (event) => { order(event); say(event); });
  document.addEventListener("click", close);
  document.addEventListener("visibilitychange", comeBack);
  addEventListener("hashchange", catchUp);
  sheet.addEventListener("focusout", () => setTimeout(catchUp, LOOK_MS));
  listen();
}
