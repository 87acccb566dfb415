// Numbers as people read them; the same rules as the text summary.

const NBSP = "\u00a0";

function digits(value) {
  return value.toFixed(value >= 99.95 ? 0 : value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3);
}

// 834 ms, 2.91 s; null is unknown and never 0.
function time(ns) {
  if (ns === null || ns === undefined) {
    return "unknown";
  }
  if (ns === 0) {
    return "0" + NBSP + "ms";
  }
  if (ns < 0) {
    return "-" + time(-ns);
  }
  if (ns < 1000) {
    return "<0.001" + NBSP + "ms";
  }
  const ms = ns / 1e6;
  return ms < 999.5 ? digits(ms) + NBSP + "ms" : digits(ms / 1e3) + NBSP + "s";
}

function share(part, whole) {
  if (!(whole > 0)) {
    return "-";
  }
  const percent = 100 * part / whole;
  return percent > 0 && percent < 0.05 ? "<0.1" + NBSP + "%" : percent.toFixed(1) + NBSP + "%";
}

function ratio(a, b) {
  return b > 0 ? "\u00d7" + digits(a / b) : "-";
}

function signed(ns) {
  return (ns > 0 ? "+" : "") + time(ns);
}

// 4,812,345,678 ns
function exact(ns) {
  return String(ns).replace(/\B(?=(\d{3})+$)/g, ",") + NBSP + "ns";
}

// Text made elsewhere: a number stays with its unit.
function glued(text) {
  return text.replace(/ (ms|s|%)(?=[ ,.;:)]|$)/g, NBSP + "$1");
}

function known(value) {
  return value === null || value === undefined ? "unknown" : String(value);
}

function plural(n, noun) {
  return n + " " + noun + (n === 1 ? "" : "s");
}

function sum(numbers) {
  return numbers.reduce((a, b) => a + b, 0);
}
