// A policy as it is read: clause tree, text with every fact marked, and the facts. A click on any of them lights it in the
// others and tells Python which it was, so that the address leads a colleague to the same sentence.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".reader");
  if (holder.dataset.key !== data.key) {
    holder.dataset.key = data.key;
    holder.dataset.selected = holder.dataset.asked = "";
    holder.querySelector(".tree").replaceChildren(...data.tree.map(branch));
    holder.querySelector(".text").replaceChildren(...withHead(data.paragraphs, data.say.head));
    holder.querySelector(".facts").replaceChildren(...data.facts.map(factLine));
    parentElement.querySelector(".legend").replaceChildren(...data.legend.map((entry) => legendEntry(entry, holder, data.say.none)));
    followText(holder);
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
      piece.hidden = false;
      const folded = piece.closest("details");
      if (folded) folded.open = true;
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

// The block of labels in front of the text is folded.
function withHead(paragraphs, words) {
  const elements = paragraphs.map(paragraph);
  const head = elements.filter((_, number) => paragraphs[number].head);
  if (head.length < 2) return elements;
  const folded = document.createElement("details");
  const summary = document.createElement("summary");
  summary.textContent = words;
  folded.append(summary, ...head);
  return [folded, ...elements.filter((_, number) => !paragraphs[number].head)];
}

// The tree shows which clause is being read, and scrolls along.
function followText(holder) {
  const [text, tree] = [holder.querySelector(".text"), holder.querySelector(".tree")];
  text.onscroll = () => {
    const top = text.getBoundingClientRect().top;
    const here = [...text.querySelectorAll("p[data-facts]")].find((p) => p.getBoundingClientRect().bottom > top + 24);
    const own = here && tree.querySelector(`[data-facts="${here.dataset.facts}"]`);
    if (!own || own.classList.contains("here")) return;
    tree.querySelector(".here")?.classList.remove("here");
    own.classList.add("here");
    const [place, frame] = [own.getBoundingClientRect(), tree.getBoundingClientRect()];
    if (place.top < frame.top || place.bottom > frame.bottom) tree.scrollTop += place.top - frame.top - tree.clientHeight / 3;
  };
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

function factLine({ id, mark, kind, words, sentence }) {
  const element = document.createElement("div");
  element.dataset.mark = mark;
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

// An entry of the legend lists its kind of facts alone, and all of them again.
function legendEntry({ kind, words, count }, holder, none) {
  const element = document.createElement("button");
  const sample = document.createElement("span");
  sample.className = `mark ${kind}`;
  sample.textContent = words;
  element.append(sample, ` ${count}`);
  element.onclick = () => {
    const facts = holder.querySelector(".facts");
    const alone = !element.classList.contains("alone");
    for (const other of element.parentElement.children) other.classList.remove("alone");
    element.classList.toggle("alone", alone);
    for (const fact of facts.querySelectorAll(".fact")) fact.hidden = alone && fact.dataset.mark !== kind;
    facts.querySelector(".none")?.remove();
    if (alone && !count) {
      const line = document.createElement("div");
      line.className = "none";
      line.textContent = none;
      facts.prepend(line);
    }
    facts.scrollTop = 0;
  };
  return element;
}
