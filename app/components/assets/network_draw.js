// Draws a graph picture with vis-network, which stands in front of this: on the explorer's page and in the file that is taken away.
// Every word is drawn on the canvas or set as text; the places come from Python, so that no label lies on another.
const FONT = '14px "Noto Sans CJK SC", "Source Han Sans SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Micro Hei", sans-serif';
const LEAST_SCALE = 0.78, LARGEST_SCALE = 1.45;
const MOST_STRETCH = 1.9;

function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  const corners = (count, turn, radius) => {
    for (let i = 0; i < count; i += 1) {
      const angle = turn + (i * 2 * Math.PI) / count;
      ctx.lineTo(x + radius(i) * Math.cos(angle), y + radius(i) * Math.sin(angle));
    }
    ctx.closePath();
  };
  if (shape === "square") ctx.rect(x - r * 0.9, y - r * 0.9, r * 1.8, r * 1.8);
  else if (shape === "diamond") corners(4, 0, () => r * 1.15);
  else if (shape === "hexagon") corners(6, 0, () => r * 1.1);
  else if (shape === "triangle") corners(3, -Math.PI / 2, () => r * 1.2);
  else if (shape === "star") corners(10, -Math.PI / 2, (i) => (i % 2 ? r * 0.5 : r * 1.25));
  else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

// The four states: filled; empty with a thin line (a draft, not yet in force); hatched (lapsed); dotted (its text is not loaded).
function paintShape(ctx, { shape, colour, look }, x, y, r) {
  ctx.save();
  outline(ctx, shape, x, y, r);
  ctx.fillStyle = look === "supported" ? colour : "#FFFFFF";
  ctx.fill();
  if (look === "expired") {
    ctx.save();
    ctx.clip();
    ctx.strokeStyle = colour;
    ctx.lineWidth = 1.4;
    for (let at = -2 * r; at <= 2 * r; at += 4) {
      ctx.beginPath();
      ctx.moveTo(x + at - r, y + r);
      ctx.lineTo(x + at + r, y - r);
      ctx.stroke();
    }
    ctx.restore();
    outline(ctx, shape, x, y, r);
  }
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1.5;
  if (look === "not_loaded") ctx.setLineDash([1.5, 2.5]);
  ctx.stroke();
  ctx.restore();
}

// vis-network keeps the first renderer of a node: what the node is by now is looked up with each drawing.
function renderer(id, holder) {
  return ({ ctx, x, y, state: { selected, hover } }) => ({
    drawNode() {
      const node = holder.shown.find((one) => one.id === id);
      if (!node) return;
      const r = node.start ? 12 : 9;
      if (hover || selected || node.chosen) {
        ctx.save();
        ctx.beginPath();
        ctx.arc(x, y, r + 6, 0, 2 * Math.PI);
        ctx.fillStyle = node.chosen || selected ? "#FFE08A" : "#EDEDED";
        ctx.fill();
        ctx.restore();
      }
      paintShape(ctx, { ...node, shape: node.mark }, x, y, r);
      ctx.save();
      ctx.font = (node.start || node.chosen ? "600 " : "") + FONT;
      ctx.textBaseline = "middle";
      ctx.lineJoin = "round";
      ctx.lineWidth = 4;
      ctx.strokeStyle = "#FFFFFF";
      const words = node.opened ? node.words : node.words + (node.more ? " ＋" : "");
      // labels stand on the side that lines leave free
      ctx.textAlign = node.x < 0 ? "right" : "left";
      const at = node.x < 0 ? x - r - 7 : x + r + 7;
      ctx.strokeText(words, at, y + 1);
      ctx.fillStyle = "#222222";
      ctx.fillText(words, at, y + 1);
      ctx.restore();
    },
    nodeDimensions: { width: 24, height: 24 },
  });
}

function withRenderer(node, holder) {
  return { ...node, ctxRenderer: renderer(node.id, holder) };
}

// Makes the picture, or changes the one that is there; what was in the middle of the view stays there.
function drawNetwork(holder, data, onClick) {
  holder.style.height = `max(${data.height}px, calc(100vh - 330px))`;
  if (!holder.network) {
    holder.nodes = new vis.DataSet();
    holder.edges = new vis.DataSet();
    holder.network = new vis.Network(holder, { nodes: holder.nodes, edges: holder.edges }, data.options);
    // by itself vis-network zooms as its frame changes, behind this event, and cuts labels off at the edges
    holder.network.on("resize", () => setTimeout(() => holder.shown && showAll(holder.network, holder.shown, middleOf(holder.shown))));
    holder.network.on("hoverEdge", ({ edge }) => holder.edges.update({ id: edge, label: holder.edges.get(edge).type_label }));
    holder.network.on("blurEdge", ({ edge }) => holder.edges.get(edge) && holder.edges.update({ id: edge, label: holder.edges.get(edge).kept_label || undefined }));
  }
  const network = holder.network;
  const kept = holder.start === data.start;
  holder.start = data.start;
  data = { ...data, nodes: stretched(data.nodes, holder) };
  holder.shown = data.nodes;
  replaceAll(holder.nodes, data.nodes.map((node) => withRenderer(node, holder)));
  replaceAll(holder.edges, data.edges);
  network.off("click");
  network.on("click", (event) => {
    hideTooltip(holder);
    if (event.nodes.length) onClick({ node: event.nodes[0] });
    else if (event.edges.length) onClick({ edge: event.edges[0] });
  });
  holder.onmouseleave = () => hideTooltip(holder);
  hideTooltip(holder);
  network.unselectAll(); // what is chosen is the data's to say
  network.redraw();
  if (!kept || holder.dataset.size !== String(data.nodes.length)) showAll(network, data.nodes, middleOf(data.nodes));
  holder.dataset.size = data.nodes.length;
}

function middleOf(nodes) {
  return nodes.find((node) => node.chosen) || nodes.find((node) => node.start);
}

function hideTooltip(holder) {
  for (const tooltip of holder.querySelectorAll(".vis-tooltip")) tooltip.style.visibility = "hidden";
}

// Few lines stand further apart, so that the picture fills its frame.
function stretched(nodes, holder) {
  const reach = Math.max(...nodes.map((node) => Math.abs(node.y)));
  const [left, right] = acrossWithLabels(nodes);
  const scale = Math.max(LEAST_SCALE, Math.min(LARGEST_SCALE, holder.clientWidth / (right - left)));
  const room = (holder.clientHeight / 2 - 60) / scale;
  const factor = reach ? Math.min(MOST_STRETCH, Math.max(1, room / reach)) : 1;
  return nodes.map((node) => ({ ...node, y: node.y * factor }));
}

function replaceAll(set, items) {
  const wanted = new Set(items.map((item) => item.id));
  set.remove(set.getIds().filter((id) => !wanted.has(id)));
  set.update(items);
}

// Shows the whole picture with its labels (vis-network counts only the shapes), or where it is too wide for that what is chosen.
function showAll(network, nodes, middle) {
  const heights = nodes.flatMap((node) => [node.y - 26, node.y + 26]);
  const [left, right] = acrossWithLabels(nodes);
  const [top, bottom] = [Math.min(...heights), Math.max(...heights)];
  const { clientWidth, clientHeight } = network.canvas.frame;
  const isCut = clientWidth / (right - left) < LEAST_SCALE || clientHeight / (bottom - top) < LEAST_SCALE;
  network.canvas.frame.closest(".frame").classList.toggle("cut", isCut && Boolean(middle));
  const scale = Math.min(LARGEST_SCALE, clientWidth / (right - left), clientHeight / (bottom - top));
  if (scale >= LEAST_SCALE || !middle) network.moveTo({ scale, position: { x: (left + right) / 2, y: (top + bottom) / 2 } });
  else network.moveTo({ scale: LEAST_SCALE, position: { x: within(middle.x, left, right, clientWidth), y: within(middle.y, top, bottom, clientHeight) } });
}

function acrossWithLabels(nodes) {
  const ctx = document.createElement("canvas").getContext("2d");
  ctx.font = "600 " + FONT;
  const ends = nodes.flatMap((node) => {
    const reach = ctx.measureText(`${node.words} ＋`).width + 24;
    return node.x < 0 ? [node.x - reach, node.x + 30] : [node.x - 30, node.x + reach];
  });
  return [Math.min(...ends), Math.max(...ends)];
}

// The middle of the view along one side: at the chosen node, but with nothing empty at the ends.
function within(at, low, high, pixels) {
  const half = pixels / LEAST_SCALE / 2;
  return high - low <= 2 * half ? (low + high) / 2 : Math.min(Math.max(at, low + half), high - half);
}

function saveImage(holder, name) {
  const canvas = holder.querySelector("canvas");
  const copy = document.createElement("canvas");
  [copy.width, copy.height] = [canvas.width, canvas.height];
  const pen = copy.getContext("2d");
  pen.fillStyle = "#FFFFFF";
  pen.fillRect(0, 0, copy.width, copy.height);
  pen.drawImage(canvas, 0, 0);
  const link = document.createElement("a");
  link.href = copy.toDataURL("image/png");
  link.download = name;
  link.click();
}

function toolButtons(tools, holder, data) {
  const zoom = (factor) => holder.network.moveTo({ scale: holder.network.getScale() * factor });
  const actions = [
    [data.say.larger, () => zoom(1.25)],
    [data.say.smaller, () => zoom(0.8)],
    [data.say.all, () => showAll(holder.network, holder.shown, null)],
    [data.say.save, () => saveImage(holder, data.file_name)],
  ];
  tools.dataset.hint = data.say.drag;
  tools.replaceChildren(
    ...actions.map(([words, action]) => {
      const button = document.createElement("button");
      button.textContent = words;
      button.onclick = action;
      return button;
    }),
  );
}

function showLegend(place, data) {
  const entry = (paint, words) => {
    const element = document.createElement("span");
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [44, 32];
    const ctx = canvas.getContext("2d");
    ctx.scale(2, 2);
    paint(ctx);
    element.append(canvas, words);
    return element;
  };
  const nodes = data.legend.nodes.map((one) => entry((ctx) => paintShape(ctx, one, 11, 8, 6), one.words));
  const edges = data.legend.edges.map((one) =>
    entry((ctx) => {
      ctx.strokeStyle = one.colour;
      ctx.lineWidth = one.width;
      if (one.dashes) ctx.setLineDash([4, 3]);
      ctx.beginPath();
      ctx.moveTo(1, 8);
      ctx.lineTo(21, 8);
      ctx.stroke();
    }, one.words),
  );
  place.replaceChildren(...nodes, ...edges);
}
