// Keeps a show's page as the show is: what is pinned, what is left, who has just bought. The order goes out without
// leaving the picture. Server-sent events, or a look every second and a half where those don't pass.
const page = document.querySelector("[data-watch]");
const LOOK_MS = 1500;
const visitor = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
const address = page && `${page.dataset.watch}?v=${visitor}`;
const sheet = document.querySelector("[data-sheet]");
let state = "";

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
  if (state && told.state !== state) return location.replace(page.dataset.page);
  state = told.state;
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

function isOpen() {
  return location.hash === "#mua" || sheet.classList.contains("open");
}

// The form of what is pinned now, as long as nobody is filling in another.
async function renew(pin) {
  if (sheet.dataset.renewing === pin) return;
  sheet.dataset.renewing = pin;
  try {
    const answer = await fetch(`${page.dataset.page}?pin=${encodeURIComponent(pin)}`, { headers: { Accept: "text/html" }, cache: "no-store" });
    if (!answer.ok || isOpen()) return;
    const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-sheet]");
    if (!fresh) return;
    const typed = ["author", "text"].map((id) => [id, document.getElementById(id)?.value ?? ""]);
    sheet.replaceChildren(...fresh.children);
    for (const [id, value] of typed) document.getElementById(id).value = value;
    sheet.dataset.chosen = fresh.dataset.chosen;
  } finally {
    delete sheet.dataset.renewing;
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

async function order(event) {
  const form = event.target.closest("[data-order]");
  if (!form) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") === "true") return;
  form.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
    const told = await answer.json();
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

async function say(event) {
  const form = event.target.closest("[data-say]");
  if (!form) return;
  event.preventDefault();
  if (!form.text.value.trim()) return form.text.focus();
  const answer = await fetch(form.action, { method: "POST", body: new URLSearchParams(new FormData(form)), headers: { Accept: "application/json" } });
  const told = await answer.json().catch(() => ({}));
  if (!answer.ok && !told.detail) return form.submit();
  const refusal = form.querySelector("[data-not-said]");
  refusal.hidden = answer.ok;
  refusal.querySelector("p").textContent = told.detail ?? "";
  form.querySelector("[data-said-it]").hidden = !answer.ok;
  if (answer.ok) form.text.value = "";
}

function close(event) {
  if (event.target.closest('a[href="#xem"]')) sheet.classList.remove("open");
}

async function ask() {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 404) return;
    if (answer.ok) show(await answer.json());
  } catch { /* No line now; the next turn asks again. */ }
  setTimeout(ask, LOOK_MS);
}

function listen() {
  if (!("EventSource" in window)) return ask();
  const events = new EventSource(address);
  let silent = 0;
  events.onmessage = (event) => { silent = 0; show(JSON.parse(event.data)); };
  events.onerror = () => {
    silent += 1;
    if (silent > 5) { events.close(); ask(); }
  };
}

if (page) {
  document.addEventListener("submit", (event) => { order(event); say(event); });
  document.addEventListener("click", close);
  listen();
}
