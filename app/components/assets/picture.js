// Shows an SVG picture made by app.pictures, tells which of its named shapes was clicked, and saves it as PNG.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".picture");
  if (holder.dataset.shown !== data.svg) {
    holder.dataset.shown = data.svg;
    const drawing = new DOMParser().parseFromString(data.svg, "image/svg+xml").documentElement;
    drawing.removeAttribute("width");
    drawing.removeAttribute("height");
    drawing.style.width = "100%";
    drawing.style.maxWidth = `${data.width}px`;
    drawing.style.height = "auto";
    holder.replaceChildren(drawing);
  }
  holder.onclick = (event) => {
    const shape = event.target.closest("[data-id]");
    if (shape) setTriggerValue("clicked", shape.dataset.id);
  };
  holder.onkeydown = (event) => {
    const shape = event.target.closest("[data-id]");
    if (shape && event.key === "Enter") setTriggerValue("clicked", shape.dataset.id);
  };
  for (const shape of holder.querySelectorAll("[data-id]")) {
    shape.setAttribute("tabindex", "0");
    shape.setAttribute("role", "button");
  }
}
