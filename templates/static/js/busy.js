// Says what a sent form is doing (data-busy) and lets a second press pass by: the first still runs.
// Without a network nothing is sent: the browser's own page would take the place of what was typed.
function wait(event) {
  const form = event.target;
  if (event.defaultPrevented || form.dataset.busy === undefined) return;
  if (!navigator.onLine) {
    event.preventDefault();
    tell(event.submitter ?? form.querySelector("button:not([type=button])"), document.body.dataset.offline);
    return;
  }
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    return;
  }
  form.setAttribute("aria-busy", "true");
  const button = event.submitter ?? form.querySelector("button:not([type=button])");
  // Not disabled: a disabled button loses its focus, and its name is not sent.
  if (tell(button, form.dataset.busy)) button.setAttribute("aria-busy", "true");
}

function tell(button, text) {
  const words = button?.querySelector("span");
  if (!words || !text) return false;
  button.dataset.resting ??= words.textContent;
  words.textContent = text;
  words.setAttribute("aria-live", "polite");
  return true;
}

// Back from the next page, or with a network again, the form is ready.
function ready() {
  for (const element of document.querySelectorAll("[aria-busy=true]")) element.removeAttribute("aria-busy");
  for (const button of document.querySelectorAll("[data-resting]")) {
    button.querySelector("span").textContent = button.dataset.resting;
    delete button.dataset.resting;
  }
}

document.addEventListener("submit", wait);
addEventListener("pageshow", (event) => { if (event.persisted) ready(); });
// A form that is under way goes on being so.
addEventListener("online", () => { if (!document.querySelector("[aria-busy=true]")) ready(); });
