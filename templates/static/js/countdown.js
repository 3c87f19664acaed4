// Opens the show for who waits on its page: looks every ten seconds, every two around the hour.
const page = document.querySelector("[data-countdown]");
const FAR_MS = 10000;
const NEAR_MS = 2000;
const SOON_MS = 120000;

async function look() {
  if (!document.hidden) {
    try {
      const answer = await fetch(page.dataset.state, { headers: { Accept: "application/json" }, cache: "no-store" });
      if (answer.ok && (await answer.json()).state !== "planned") return location.reload();
    } catch { /* No line now. */ }
  }
  setTimeout(look, Number(page.dataset.countdown) - Date.now() < SOON_MS ? NEAR_MS : FAR_MS);
}

if (page) setTimeout(look, NEAR_MS);
