// A policy as it is read: clause tree, text with every fact marked, and the facts. A click on any of them lights it in the
// others and tells Python which it was, so that the address leads a colleague to the same sentence.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".reader");
  if (holder.dataset.key !== data.key) {
    holder.dataset.key = data.key;
    holder.dataset.selected = holder.dataset.asked = "";
    holder.querySelector(".tree").replaceChildren(...data.tree.map(branch));
    holder.querySelector(".text").replaceChildren(...data.paragraphs.map(paragraph));
    holder.querySelector(".facts").replaceChildren(...data.facts.map(factLine));
    parentElement.querySelector(".legend").replaceChildren(...data.legend.map(legendEntry));
  }
  const asked = data.selected.join(" ");
  if (asked && holder.dataset.asked !== asked && holder.dataset.selected !== asked) light(holder, data.selected, null);
  holder.dataset.asked = asked;
  holder.onclick = (event) => {
    const piece = event.target.closest("[data-facts]");
    if (!piece) return;
    // the paragraph stands for its clause: it is chosen in the tree, or where no fact is under the pointer
    const chosen = piece.dataset.facts.split(" ")[0];
    light(holder, [chosen], piece.closest(".tree, .text, .facts"));
    setTriggerValue("selected", chosen);
  };
}

// Lights what belongs to facts or clauses, and brings it into view in every pane but the one that was clicked.
function light(holder, chosen, clicked) {
  holder.dataset.selected = chosen.join(" ");
  for (const piece of holder.querySelectorAll(".lit")) piece.classList.remove("lit");
  for (const pane of [".text", ".tree", ".facts"].map((name) => holder.querySelector(name))) {
    let first = null;
    for (const piece of pane.querySelectorAll("[data-facts]")) {
      const own = piece.dataset.facts.split(" ");
      if (!chosen.some((id) => own.includes(id))) continue;
      piece.classList.add("lit");
      first = first || piece;
    }
    // where only facts are lit the tree shows their clause
    if (!first && pane.className === "tree") first = lightClause(holder, pane);
    if (first && pane !== clicked) pane.scrollTop += first.getBoundingClientRect().top - pane.getBoundingClientRect().top - pane.clientHeight / 3;
  }
}

function lightClause(holder, tree) {
  const paragraph = holder.querySelector(".text .lit")?.closest("p");
  const branch = paragraph && tree.querySelector(`[data-facts="${paragraph.dataset.facts}"]`);
  if (branch) branch.classList.add("lit");
  return branch;
}

function branch({ anchor, words, depth }) {
  const element = document.createElement("button");
  element.style.paddingLeft = `${4 + depth * 14}px`;
  element.textContent = words;
  element.title = words;
  element.dataset.facts = anchor;
  return element;
}

function paragraph({ anchor, indent, pieces }) {
  const element = document.createElement("p");
  element.style.marginLeft = `${indent * 1.6}em`;
  if (anchor) element.dataset.facts = anchor;
  for (const { text, facts, kinds } of pieces) {
    const piece = document.createElement("span");
    piece.textContent = text;
    if (facts.length) {
      piece.dataset.facts = facts.join(" ");
      piece.className = ["mark", ...kinds].join(" ");
    }
    element.append(piece);
  }
  return element;
}

function factLine({ id, kind, words, sentence }) {
  const element = document.createElement("div");
  element.className = "fact";
  element.dataset.facts = id;
  for (const [name, text] of [["kind", kind], ["words", words], ["sentence", sentence]]) {
    const part = document.createElement("div");
    part.className = name;
    part.textContent = text;
    element.append(part);
  }
  return element;
}

function legendEntry({ kind, words }) {
  const element = document.createElement("span");
  const sample = document.createElement("span");
  sample.className = `mark ${kind}`;
  sample.textContent = words;
  element.append(sample);
  return element;
}
