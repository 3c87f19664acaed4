// Copies the text of [data-copy] when it is pressed. The buttons are hidden until this runs.
const WORDS_MS = 2500;

function copyOldWay(text) {
  const box = document.createElement("textarea");
  box.value = text;
  box.readOnly = true;
  box.className = "unseen";
  document.body.append(box);
  box.select();
  const copied = document.execCommand("copy");
  box.remove();
  return copied;
}

// The clipboard API needs a secure page and a willing browser; in-app browsers often lack it.
async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyOldWay(text);
  }
}

function textOf(button) {
  const source = button.dataset.copyFrom && document.querySelector(button.dataset.copyFrom);
  return source ? source.value ?? source.textContent : button.dataset.copy;
}

function say(button) {
  const words = button.querySelector("span");
  button.dataset.words ??= words.textContent;
  words.textContent = button.dataset.copied;
  words.setAttribute("aria-live", "polite");
  clearTimeout(button.timer);
  button.timer = setTimeout(() => { words.textContent = button.dataset.words; }, WORDS_MS);
}

function show() {
  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) button.hidden = false;
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (button && await copy(textOf(button))) say(button);
});
document.addEventListener("live:changed", show);
show();
