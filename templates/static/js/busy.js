// Says what a sent form is doing (data-busy) and lets a second press pass by: the first still runs.
function wait(event) {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.busy === undefined) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  const words = button?.querySelector("span");
  if (!words) return;
  // Not disabled: a disabled button loses its focus, and its name is not sent.
  button.setAttribute("aria-busy", "true");
  button.dataset.words = words.textContent;
  words.textContent = form.dataset.busy;
  words.setAttribute("aria-live", "polite");
}

// Back from the next page, the form is ready again.
function ready() {
  for (const element of document.querySelectorAll("[aria-busy=true]")) {
    element.removeAttribute("aria-busy");
    if (element.dataset.words) element.querySelector("span").textContent = element.dataset.words;
  }
}

document.addEventListener("submit", wait);
addEventListener("pageshow", (event) => { if (event.persisted) ready(); });
