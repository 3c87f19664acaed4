// Hands a fresh recording to the share sheet: [data-share-recording] is a [data-share] box, its value the
// file's name; [data-recording-link] inside it saves the file. Loaded before share.js.
document.addEventListener("record:kept", ({ detail }) => {
  for (const box of document.querySelectorAll("[data-share-recording]")) {
    box.hidden = false;
    box.dataset.files = JSON.stringify([{ url: detail.url, name: box.dataset.shareRecording, type: "audio/mp4" }]);
    // Until the new file is here a tap would share the one before.
    box.querySelector("[data-share-go]").hidden = true;
    for (const link of box.querySelectorAll("[data-recording-link]")) link.href = detail.url;
  }
  document.dispatchEvent(new CustomEvent("live:changed"));
});
