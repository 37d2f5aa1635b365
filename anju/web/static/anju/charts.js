// Draws Vega-Lite specifications that a page carries as JSON, with Vega's interpreter: no eval, so
// the content policy holds. The table below each chart stands with or without this.
const theme = () => (document.documentElement.dataset.bsTheme === "dark" ? "dark" : "light");

// The style sheet says how small text may be at this width; charts obey it too.
const sizes = () => {
  const style = getComputedStyle(document.documentElement);
  const size = parseFloat(style.getPropertyValue("--fs-s")) * 16;
  const text = { labelFontSize: size, titleFontSize: size };
  return { axis: text, legend: text, header: text, text: { fontSize: size } };
};

// A chart is as wide as its card, so that its text keeps its size; facets keep their own width.
const fitted = (spec) =>
  spec.facet || spec.hconcat || spec.encoding?.column ? spec : { ...spec, width: "container" };

const draw = async (frame, themes) => {
  const { vegaSrc, vegaSpec } = frame.dataset;
  const spec = vegaSrc
    ? await (await fetch(`${vegaSrc}?theme=${theme()}`)).json()
    : JSON.parse(document.getElementById(vegaSpec).textContent);
  const { vega, vegaLite } = globalThis;
  const config = vega.mergeConfig({}, themes[theme()], spec.config ?? {}, sizes());
  const compiled = vegaLite.compile({ ...fitted(spec), config: undefined }, { config }).spec;
  const { expressionInterpreter } = await import(frame.dataset.interpreter);
  frame.replaceChildren();
  const view = new vega.View(vega.parse(compiled, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "svg",
    container: frame,
    hover: false,
    tooltip: () => {},
  });
  await view.runAsync();
  frame.setAttribute("role", "img");
};

addEventListener("DOMContentLoaded", async () => {
  const frames = [...document.querySelectorAll("[data-vega-spec], [data-vega-src]")];
  if (!frames.length) return;
  const themes = await (await fetch(frames[0].dataset.themes)).json();
  for (const frame of frames) await draw(frame, themes);
});
