// A colour for each phase, from the style sheet, so that light, dark and print are decided there.

const PHASES = ["tool_registry", "vector_store_connect", "vector_store_query", "schema_validation",
  "embedding", "llm_connect", "llm_ttft", "prompt_cache", "llm_generation", "tool_call",
  "agent_build", "db_connect", "jvm_start", "agent", "app_start", "unattributed"];
const USER_COLOURS = 4;
const colours = new Map();

// Phases of the user's own share a few colours, always the same one for the same name.
function variable(phase) {
  if (PHASES.includes(phase)) {
    return "--p-" + phase;
  }
  let hash = 0;
  for (let i = 0; i < phase.length; i++) {
    hash = (hash * 31 + phase.charCodeAt(i)) >>> 0;
  }
  return "--p-user-" + hash % USER_COLOURS;
}

// A variable's value in the present theme, as the canvas needs it.
function colour(name) {
  let value = colours.get(name);
  if (value === undefined) {
    value = getComputedStyle(document.documentElement).getPropertyValue(name).trim();
    colours.set(name, value);
  }
  return value;
}

function forgetColours() {
  colours.clear();
}

// Black or white, whichever reads better on a colour #rrggbb.
function inkOn(hex) {
  const channel = i => {
    const c = parseInt(hex.slice(i, i + 2), 16) / 255;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  };
  const light = 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5);
  return (light + 0.05) / 0.05 > 1.05 / (light + 0.05) ? "#000000" : "#ffffff";
}

// Colours an element by its phase, now and when the theme changes.
function paint(node, phase) {
  node.dataset.phase = phase;
  node.style.backgroundColor = "var(" + variable(phase) + ")";
  node.style.color = inkOn(colour(variable(phase)));
  node.classList.toggle("hatched", phase === "unattributed");
  return node;
}

function repaint() {
  forgetColours();
  document.querySelectorAll("[data-phase]").forEach(node => paint(node, node.dataset.phase));
}

function swatch(phase) {
  return paint(el("span", {class: "swatch", "aria-hidden": "true"}), phase);
}

function phaseName(phase) {
  return el("span", {class: "phase"}, swatch(phase), el("span", {}, phase));
}
