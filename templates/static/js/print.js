// Shows [data-print] where the browser can print; [data-print-go] in it opens the printing dialog.
for (const box of document.querySelectorAll("[data-print]")) {
  box.hidden = typeof window.print !== "function";
  box.querySelector("[data-print-go]").addEventListener("click", () => window.print());
}
