// Suggests communes while a place is typed: an input with data-places gets the list of that address
// once it is first looked at. Old names lead to today's.
for (const input of document.querySelectorAll("input[data-places]")) {
  input.addEventListener("focus", async () => {
    const answer = await fetch(input.dataset.places).catch(() => null);
    if (!answer?.ok) return;
    const list = document.createElement("datalist");
    list.id = `${input.id}-places`;
    for (const [value, before] of await answer.json()) {
      const option = document.createElement("option");
      option.value = value;
      if (before) option.label = before;
      list.append(option);
    }
    input.after(list);
    input.setAttribute("list", list.id);
  }, { once: true });
}
