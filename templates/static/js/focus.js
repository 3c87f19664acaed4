// The ring on a photo can be dragged, and shows where it was tapped before the server has answered.
// [data-focus] is a form with an image button; without script a tap on the image sends the form.
for (const form of document.querySelectorAll("[data-focus]")) {
  const image = form.querySelector("input[type=image]");
  const ring = form.querySelector("svg g");

  function move({ clientX, clientY }) {
    const box = image.getBoundingClientRect();
    const x = Math.min(box.width, Math.max(0, clientX - box.left));
    const y = Math.min(box.height, Math.max(0, clientY - box.top));
    ring.removeAttribute("hidden");
    ring.setAttribute("transform", `translate(${x} ${y})`);
    return { x: Math.round(x), y: Math.round(y), box };
  }

  image.draggable = false;
  image.addEventListener("pointerdown", (event) => {
    image.setPointerCapture(event.pointerId);
    move(event);
  });
  image.addEventListener("pointermove", (event) => { if (image.hasPointerCapture(event.pointerId)) move(event); });
  image.addEventListener("click", (event) => {
    if (event.detail === 0) return; // by keyboard: the form goes as it is
    event.preventDefault();
    const { x, y, box } = move(event);
    const body = new FormData(form);
    body.set("at.x", x);
    body.set("at.y", y);
    body.set("wide", Math.round(box.width));
    body.set("high", Math.round(box.height));
    fetch(form.action, { method: "POST", body }).then((answer) => { if (!answer.ok) location.reload(); }, () => form.requestSubmit());
  });
}
