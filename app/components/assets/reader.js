// The annotated text: paragraphs of pieces, each piece with the facts it belongs to; a click selects a fact.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".reader");
  if (holder.dataset.key !== data.key) {
    holder.dataset.key = data.key;
    holder.replaceChildren(...data.paragraphs.map(paragraph));
  }
  for (const piece of holder.querySelectorAll(".lit")) piece.classList.remove("lit");
  let first = null;
  for (const piece of holder.querySelectorAll("[data-facts]")) {
    if (piece.dataset.facts.split(" ").includes(data.selected)) {
      piece.classList.add("lit");
      first = first || piece;
    }
  }
  if (first && holder.dataset.selected !== data.selected) first.scrollIntoView({ block: "center" });
  holder.dataset.selected = data.selected || "";
  holder.onclick = (event) => {
    const piece = event.target.closest("[data-facts]");
    if (piece) setTriggerValue("selected", piece.dataset.facts.split(" ")[0]);
  };
}

function paragraph({ anchor, indent, pieces }) {
  const element = document.createElement("p");
  element.style.marginLeft = `${indent * 1.5}em`;
  if (anchor) element.dataset.facts = anchor;
  for (const { text, facts, kinds } of pieces) {
    const piece = document.createElement("span");
    piece.textContent = text;
    if (facts.length) {
      piece.dataset.facts = facts.join(" ");
      piece.className = kinds.map((kind) => `mark ${kind}`).join(" ");
    }
    element.append(piece);
  }
  return element;
}
