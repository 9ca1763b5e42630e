// A table: text as text, links that stay in the session, figures set right, sorted by a click on a column's head.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const frame = parentElement.querySelector(".frame");
  const key = JSON.stringify(data);
  if (frame.dataset.key === key) return;
  frame.dataset.key = key;
  frame.style.maxHeight = `${data.height}px`;
  if (!data.rows.length) {
    const none = document.createElement("div");
    none.className = "none";
    none.textContent = data.empty;
    frame.replaceChildren(none);
    return;
  }
  const order = { column: -1, falling: false };
  const table = document.createElement("table");
  table.append(widths(data));
  const head = table.createTHead().insertRow();
  const body = table.createTBody();
  const rows = data.rows.map((row) => tableRow(row, data, setTriggerValue));
  data.columns.forEach((column, number) => {
    const cell = document.createElement("th");
    cell.className = column.kind;
    cell.textContent = column.name;
    const mark = document.createElement("span");
    mark.className = "order";
    cell.append(mark);
    cell.onclick = () => {
      order.falling = order.column === number ? !order.falling : column.kind === "figure";
      order.column = number;
      for (const other of head.querySelectorAll(".order")) other.textContent = "";
      mark.textContent = order.falling ? "▼" : "▲";
      body.replaceChildren(...sorted(data.rows, number, order.falling).map((at) => rows[at]));
    };
    head.append(cell);
  });
  body.append(...rows);
  frame.replaceChildren(table);
  showWhetherWide(frame, parentElement.querySelector(".wider"), data.wider);
  const picked = body.querySelector(".picked");
  if (picked) frame.scrollTop = Math.max(0, picked.offsetTop - frame.clientHeight / 2);
}

// Columns of words share the room that figures, names and short words leave, by the square root of their longest words.
function widths({ columns, rows }) {
  const group = document.createElement("colgroup");
  const longest = (number) => rows.reduce((most, { cells: { [number]: cell } }) => Math.max(most, cell.text.length, (cell.under || "").length), 4);
  const parts = columns.map(({ kind }, number) => (kind === "text" || kind === "long" ? Math.sqrt(longest(number)) : 0));
  const all = parts.reduce((sum, part) => sum + part, 0);
  for (const part of parts) {
    const col = document.createElement("col");
    if (part) col.style.width = `${(100 * part) / all}%`;
    group.append(col);
  }
  return group;
}

// Where a table is wider than its frame a line below says so, and the edge behind which more stands is shaded.
function showWhetherWide(frame, line, words) {
  const update = () => {
    const hidden = frame.scrollWidth - frame.clientWidth;
    line.textContent = hidden > 2 ? words : "";
    frame.classList.toggle("more-right", hidden - frame.scrollLeft > 2);
  };
  frame.onscroll = update;
  if (frame.watcher) frame.watcher.disconnect();
  frame.watcher = new ResizeObserver(update);
  frame.watcher.observe(frame);
}

function tableRow(row, data, send) {
  const element = document.createElement("tr");
  row.cells.forEach((cell, number) => {
    const place = document.createElement("td");
    place.className = data.columns[number].kind;
    if (cell.hint) place.title = cell.hint;
    if (cell.state) {
      const swatch = document.createElement("span");
      swatch.className = `state ${cell.state}`;
      place.append(swatch);
      place.classList.add("stated");
    }
    if (cell.go) place.append(pageLink(cell.text, cell.go, send));
    else markedText(place, cell.text, cell.places);
    if (cell.under) {
      const under = document.createElement("span");
      under.className = "under";
      under.textContent = cell.under;
      place.append(under);
    }
    element.append(place);
  });
  if (row.key) {
    element.classList.add("pickable");
    element.classList.toggle("picked", row.key === data.picked);
    element.tabIndex = 0;
    element.onclick = () => send("picked", row.key);
    element.onkeydown = (event) => {
      if (event.key === "Enter") send("picked", row.key);
    };
  }
  return element;
}

function sorted(rows, column, falling) {
  const value = (at) => rows[at].cells[column].order ?? rows[at].cells[column].text;
  const order = (a, b) => {
    const [one, other] = [value(a), value(b)];
    if (typeof one === "number" && typeof other === "number") return one - other;
    if (typeof one !== typeof other) return typeof one === "number" ? 1 : -1;
    return String(one).localeCompare(String(other), "zh-CN");
  };
  const places = rows.map((_, at) => at).sort(order);
  return falling ? places.reverse() : places;
}
