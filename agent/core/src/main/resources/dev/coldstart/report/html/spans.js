// Spans in words and as a table, which is what a screen reader reads instead of the waterfall.

const ROWS_AT_ONCE = 200;

// One line about a span.
function spanFacts(span) {
  const notes = Object.entries(span.notes).map(([key, value]) => key + " " + value);
  const marks = flags(span);
  return [span.phase, time(span.end_ns - span.start_ns) + " from " + time(span.start_ns),
    "the request waited " + time(span.exclusive_ns) + " for it itself",
    span.thread || "thread unknown", ...marks, ...notes].join(" \u00b7 ");
}

function flags(span) {
  return [span.failed ? "failed" : null, span.open ? "not ended" : null,
    span.inferred ? "inferred" : null].filter(f => f !== null);
}

// A table that is made when it is opened; spans are shown in portions.
class SpanTable {
  constructor(requests) {
    this.requests = requests;
    this.spans = requests.flatMap(r => r.spans.map(span => ({span, request: r})));
    this.matches = null;
    this.place = el("div", {});
    this.title = el("summary", {});
    this.node = el("details", {class: "screen", ontoggle: () => this.fill()}, this.title, this.place);
    this.filter(null);
  }

  filter(matches) {
    this.matches = matches;
    this.limit = ROWS_AT_ONCE;
    this.title.textContent = "Spans as a table (" + this.shown().length + ")";
    this.fill();
  }

  shown() {
    return this.spans.filter(s => !this.matches || this.matches.has(s.span));
  }

  fill() {
    if (!this.node.open) {
      return;
    }
    const shown = this.shown();
    const many = this.requests.length > 1;
    const columns = [["name", "wide"], ["phase", ""], ["start", "n"], ["took", "n"],
      ["waited for", "n"], ["thread", ""], ["", ""], ["notes", "wide"]];
    const rows = shown.slice(0, this.limit).map(({span, request}) => [
      span.name + (many ? " (#" + request.id + ")" : ""), phaseName(span.phase),
      time(span.start_ns), time(span.end_ns - span.start_ns), time(span.exclusive_ns),
      span.thread || "unknown", flags(span).join(", "),
      Object.entries(span.notes).map(([k, v]) => k + " " + v).join(", ")]);
    const more = shown.length - rows.length;
    this.place.replaceChildren(table("Spans in order of their start", columns, rows));
    if (more > 0) {
      this.place.append(button("Show more (" + more + ")", "Show more spans", () => {
        this.limit += ROWS_AT_ONCE * 5;
        this.fill();
      }));
    }
  }
}
