// Shows a page that is a file of its own (a briefing) as it will be printed, at its whole height. It may run no script and reach nothing:
// its height is measured from here.
export default function (component) {
  const { parentElement, data } = component;
  const paper = parentElement.querySelector("iframe");
  if (paper.shown === data.html) return;
  paper.shown = data.html;
  paper.title = data.title;
  const measure = () => {
    const page = paper.contentDocument && paper.contentDocument.querySelector("main");
    if (page) paper.style.height = `${Math.ceil(page.getBoundingClientRect().height)}px`;
  };
  paper.onload = measure;
  if (paper.watcher) paper.watcher.disconnect();
  paper.watcher = new ResizeObserver(measure);
  paper.watcher.observe(parentElement.querySelector(".paper"));
  paper.srcdoc = data.html;
}
