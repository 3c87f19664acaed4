// Which files the share sheet gets: those of the checked [data-share-pick] are handed to [data-share].
// The choice is shown where there is one and the browser can share. Loaded before share.js, so that it hears of fresh parts first.
const box = document.querySelector("[data-share]");
let chosen;

function hand() {
  const picks = [...document.querySelectorAll("[data-share-pick]")];
  const pick = picks.find((one) => one.value === chosen) ?? picks[0];
  if (!pick) return;
  pick.checked = true;
  for (const choice of document.querySelectorAll("[data-share-choice]")) choice.hidden = picks.length < 2 || !navigator.canShare;
  if (box.dataset.files === pick.dataset.sharePick) return;
  box.dataset.files = pick.dataset.sharePick;
  // Until the new files are here a tap would share the old ones.
  box.querySelector("[data-share-go]").hidden = true;
}

document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-share-pick]")) return;
  chosen = event.target.value;
  hand();
  document.dispatchEvent(new CustomEvent("live:changed"));
});
document.addEventListener("live:changed", hand);
if (box) hand();
