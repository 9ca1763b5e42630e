// The graph picture (behind the vis-network bundle): a click on a node or an edge goes back to Python.
// Labels and titles are set as text: vis-network 9 draws labels on a canvas and shows titles as plain text.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".network");
  const key = JSON.stringify([data.nodes.map((n) => n.id), data.edges.map((e) => e.id)]);
  holder.style.height = `${data.height}px`;
  if (holder.dataset.key !== key) {
    holder.dataset.key = key;
    if (holder.network) holder.network.destroy();
    const nodes = new vis.DataSet(data.nodes);
    const edges = new vis.DataSet(data.edges);
    holder.network = new vis.Network(holder, { nodes, edges }, data.options);
    holder.edges = edges;
    holder.network.once("stabilizationIterationsDone", () => holder.network.setOptions({ physics: false }));
    holder.network.on("hoverEdge", ({ edge }) => edges.update({ id: edge, label: edges.get(edge).type_label }));
    holder.network.on("blurEdge", ({ edge }) => edges.update({ id: edge, label: edges.get(edge).kept_label }));
  }
  holder.network.off("click");
  holder.network.on("click", (event) => {
    if (event.nodes.length) setTriggerValue("clicked", { node: event.nodes[0] });
    else if (event.edges.length) setTriggerValue("clicked", { edge: event.edges[0] });
  });
  const save = parentElement.querySelector(".save");
  save.onclick = () => {
    const canvas = holder.querySelector("canvas");
    const copy = document.createElement("canvas");
    [copy.width, copy.height] = [canvas.width, canvas.height];
    const pen = copy.getContext("2d");
    pen.fillStyle = "#FFFFFF";
    pen.fillRect(0, 0, copy.width, copy.height);
    pen.drawImage(canvas, 0, 0);
    const link = document.createElement("a");
    link.href = copy.toDataURL("image/png");
    link.download = data.file_name;
    link.click();
  };
}
