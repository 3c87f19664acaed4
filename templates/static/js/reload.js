// Where fresh parts bring another value of [data-reload], more than the parts has changed: the page
// is loaded anew.
const valueOf = () => document.querySelector("[data-reload]")?.dataset.reload;
const first = valueOf();

document.addEventListener("live:changed", () => {
  if (valueOf() !== first) location.reload();
});
