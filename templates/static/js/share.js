// One tap to the phone's share sheet. [data-share] holds
//   data-files      JSON: [{"url", "name", "type"}], at most ten, all of this site
//   data-text-from  a selector: the caption, as edited
// and inside it [data-share-go] (the button, hidden until its files are ready), [data-share-missing]
// (what to do instead, shown where the browser cannot share files) and [data-share-said] (a status).
// The files are fetched before the tap: the sheet opens only within seconds of it.
function canShare(files) {
  return Boolean(files.length && navigator.share && navigator.canShare?.({ files }));
}

async function fetchFile({ url, name, type }) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(`no file at ${url}`);
  return new File([await answer.blob()], name, { type });
}

function captionOf(box) {
  const source = document.querySelector(box.dataset.textFrom);
  return source ? source.value ?? source.textContent : "";
}

// In the same turn as the tap, so that the tap still counts for the share sheet after it.
function copyCaption(text) {
  const holder = document.createElement("textarea");
  holder.value = text;
  holder.readOnly = true;
  holder.className = "unseen";
  document.body.append(holder);
  holder.select();
  const copied = document.execCommand("copy");
  holder.remove();
  return copied;
}

async function share(box, files) {
  const text = captionOf(box);
  const said = box.querySelector("[data-share-said]");
  if (text && copyCaption(text)) said.textContent = said.dataset.copied;
  try {
    await navigator.share({ files, text });
  } catch (error) {
    // AbortError: the person closed the sheet, which is no failure.
    if (error.name !== "AbortError") show(box, false);
  }
}

function show(box, able) {
  box.querySelector("[data-share-go]").hidden = !able;
  const missing = box.querySelector("[data-share-missing]");
  if (missing) missing.hidden = able;
}

async function prepare(box) {
  const wanted = JSON.parse(box.dataset.files || "[]");
  if (!wanted.length) return;
  const probe = wanted.map(({ name, type }) => new File(["."], name, { type }));
  if (!canShare(probe)) {
    show(box, false);
    return;
  }
  try {
    const files = await Promise.all(wanted.map(fetchFile));
    const go = box.querySelector("[data-share-go]");
    go.onclick = () => share(box, files);
    show(box, canShare(files));
  } catch {
    show(box, false);
  }
}

function prepareAll() {
  for (const box of document.querySelectorAll("[data-share]")) {
    if (box.prepared === box.dataset.files) continue;
    box.prepared = box.dataset.files;
    prepare(box);
  }
}

document.addEventListener("live:changed", prepareAll);
prepareAll();
