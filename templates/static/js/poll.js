// Keeps the [data-live] parts of a page fresh. The element with data-poll names an address that
// answers {"version": …}; when that differs from data-version, the page is fetched once and its
// [data-live] parts take the place of the old ones. Asks less and less often, and not while hidden;
// data-poll-ms says how soon first, where that is not two seconds.
const SLOWEST_MS = 30000;
const SLOWER = 1.15;

const root = document.querySelector("[data-poll]");
const FIRST_MS = Number(root?.dataset.pollMs) || 2000;
let waitMs = FIRST_MS;
let timer;

async function refresh(version) {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  if (!answer.ok) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const focused = document.activeElement?.id;
  for (const old of document.querySelectorAll("[data-live]")) {
    const part = fresh.querySelector(`[data-live="${CSS.escape(old.dataset.live)}"]`);
    if (!part || old.contains(document.querySelector("[data-typing]"))) continue;
    keepOpen(old, part);
    old.replaceWith(document.adoptNode(part));
  }
  if (focused) document.getElementById(focused)?.focus();
  root.dataset.version = fresh.querySelector("[data-poll]")?.dataset.version ?? version;
  document.dispatchEvent(new CustomEvent("live:changed"));
  sayWhatChanged();
}

// What somebody has unfolded stays so, a code that is just being scanned for one.
function keepOpen(old, part) {
  const folds = [...part.querySelectorAll("details")];
  for (const fold of old.querySelectorAll("details[open]")) {
    const words = fold.querySelector("summary").textContent;
    const same = folds.find((one) => one.querySelector("summary").textContent === words);
    if (same) same.open = true;
  }
}

function sayWhatChanged() {
  const voice = document.querySelector("[data-said]");
  const words = document.querySelector("[data-live] h1, [data-live] [role=progressbar]");
  if (voice && words) voice.textContent = words.getAttribute("aria-label") ?? words.textContent;
  showWordsForScripts();
}

function showWordsForScripts() {
  for (const words of document.querySelectorAll("[data-with-script]")) words.hidden = false;
}

async function ask() {
  clearTimeout(timer);
  if (document.hidden) return;
  try {
    const answer = await fetch(root.dataset.poll, { headers: { Accept: "application/json" }, cache: "no-store" });
    if (answer.status === 404 || answer.status === 410) return;
    const { version } = answer.ok ? await answer.json() : {};
    if (version !== undefined && String(version) !== root.dataset.version) {
      await refresh(String(version));
      waitMs = FIRST_MS;
    } else {
      waitMs = Math.min(SLOWEST_MS, waitMs * (answer.ok ? SLOWER : 2));
    }
  } catch {
    waitMs = Math.min(SLOWEST_MS, waitMs * 2);
  }
  timer = setTimeout(ask, waitMs);
}

function askAgain() {
  waitMs = FIRST_MS;
  ask();
}

if (root) {
  document.addEventListener("visibilitychange", askAgain);
  addEventListener("online", askAgain);
  showWordsForScripts();
  timer = setTimeout(ask, FIRST_MS);
}
