// The graph picture on the explorer's page (behind vis-network and network_draw.js): a click on a node or an edge goes back to Python.
export default function (component) {
  const { parentElement, data, setTriggerValue } = component;
  const holder = parentElement.querySelector(".network");
  drawNetwork(holder, data, (told) => setTriggerValue("clicked", told));
  toolButtons(parentElement.querySelector(".tools"), holder, data);
  showLegend(parentElement.querySelector(".legend"), data);
}
