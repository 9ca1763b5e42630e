// Quoted sentences, each with its cite as a link.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".quotes");
  const key = JSON.stringify(data);
  if (holder.dataset.key === key) return;
  holder.dataset.key = key;
  holder.style.gridTemplateColumns = `repeat(${data.columns}, minmax(0, 1fr))`;
  holder.style.maxHeight = data.height ? `${data.height}px` : "";
  holder.scrollTop = 0;
  holder.replaceChildren(...data.cards.map((card) => quoteCard(card, setTriggerValue)));
}

function quoteCard(card, send) {
  const element = document.createElement("div");
  element.className = `card ${card.tone}`;
  const line = (name, words) => {
    const part = document.createElement("div");
    part.className = name;
    part.textContent = words;
    return part;
  };
  if (card.head) element.append(line("head", card.head));
  if (card.go) element.append(pageLink(card.cite, card.go, send));
  if (card.note) element.append(line("note", card.note));
  const quote = line("quote", "");
  markedText(quote, card.quote, card.places);
  element.append(quote);
  return element;
}
