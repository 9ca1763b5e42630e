// Shared by the components (it stands in front of their own code): links that stay in the session, and the page's language.
document.documentElement.lang = "zh-CN";

// A link to another page: a plain click stays in this session, any other opens its address as usual.
function pageLink(words, go, send) {
  const link = document.createElement("a");
  link.textContent = words;
  link.href = go.href;
  link.onclick = (event) => {
    event.stopPropagation();
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    send("go", { page: go.page, params: go.params });
  };
  return link;
}

// Text in which no line break parts a date.
function datedText(element, words) {
  for (const part of words.split(/(\d{4}-\d\d-\d\d)/)) {
    if (!/^\d{4}-\d\d-\d\d$/.test(part)) {
      element.append(part);
      continue;
    }
    const date = document.createElement("span");
    date.style.whiteSpace = "nowrap";
    date.textContent = part;
    element.append(date);
  }
}

// Words of which some stretches stand out: places are [start, end) in characters as Python counts them.
function markedText(element, words, places) {
  if (!places || !places.length) {
    datedText(element, words);
    return;
  }
  const characters = Array.from(words);
  let at = 0;
  for (const [start, end] of places) {
    if (start < at) continue;
    element.append(characters.slice(at, start).join(""));
    const mark = document.createElement("mark");
    mark.textContent = characters.slice(start, end).join("");
    element.append(mark);
    at = end;
  }
  element.append(characters.slice(at).join(""));
}
