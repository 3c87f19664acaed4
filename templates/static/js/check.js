// Has a text read again while it is written. A textarea with data-check names the address that takes
// `text` and answers with what to look at again, put into the element that data-check-into names.
// [data-check-said] (data-words with {n}, hidden) says before sharing how much the shown text has of it.
const WAIT_MS = 600;

function shownCount() {
  const shown = [...document.querySelectorAll("[data-check]")].find((area) => area.offsetParent !== null);
  return shown ? document.querySelector(shown.dataset.checkInto).childElementCount : 0;
}

function tell() {
  const count = shownCount();
  for (const said of document.querySelectorAll("[data-check-said]")) {
    said.hidden = count === 0;
    said.querySelector("span").textContent = said.dataset.words.replace("{n}", count);
  }
}

async function read(area) {
  const text = area.value;
  try {
    const answer = await fetch(area.dataset.check, { method: "POST", body: new URLSearchParams({ text }) });
    // A slower answer to an older text says nothing of this one.
    if (!answer.ok || text !== area.value) return;
    document.querySelector(area.dataset.checkInto).innerHTML = await answer.text();
    tell();
  } catch {
    // Without a line the text is read when it is saved.
  }
}

for (const area of document.querySelectorAll("[data-check]")) {
  let timer;
  area.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(read, WAIT_MS, area);
  });
}
document.addEventListener("change", tell);
document.addEventListener("live:changed", tell);
tell();
