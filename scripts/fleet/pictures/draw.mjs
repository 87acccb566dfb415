// Draws what Prometheus answered to the panels of a dashboard: a stand-in for Grafana, whose server is not to be had
// where this runs. Same titles, order, sizes, units and legends; not Grafana's rendering.
// usage: node draw.mjs RESULTS.json DASHBOARD.json SERVER OUT.html
import { readFileSync, writeFileSync } from 'node:fs';

const [resultsFile, dashboardFile, server, out] = process.argv.slice(2);
const dashboard = JSON.parse(readFileSync(dashboardFile, 'utf8'));
const results = JSON.parse(readFileSync(resultsFile, 'utf8')).filter((r) => r.server === server && r.form === 'classic');
const UNIT = 34; // px for a row of Grafana's grid
const WIDTH = 1400;

const escape = (s) => String(s).replace(/[&<>"]/g, (c) => `&#${c.charCodeAt(0)};`);
const format = (v, unit) => {
  if (!Number.isFinite(v)) return '–';
  if (unit === 'percentunit') return `${(v * 100).toFixed(1)} %`;
  if (unit === 's') return Math.abs(v) >= 1 ? `${v.toFixed(2)} s` : `${(v * 1000).toFixed(0)} ms`;
  return Number.isInteger(v) ? String(v) : v.toFixed(Math.abs(v) < 10 ? 1 : 0);
};
const named = (legend, metric) => legend.replace(/\{\{([^}]+)\}\}/g, (_, k) => metric[k] ?? '') || 'value';
const FALLBACK = ['#7EB26D', '#EAB839', '#6ED0E0', '#EF843C', '#E24D42', '#1F78C1', '#BA43A9', '#705DA0', '#508642'];

function colours(panel) {
  const found = {};
  for (const o of panel.fieldConfig.overrides) {
    const colour = o.properties.find((p) => p.id === 'color');
    if (colour) found[o.matcher.options] = colour.value.fixedColor;
  }
  return found;
}

function stat(panel, queries) {
  const value = Number(queries[0].result[0]?.value[1]);
  return `<div class="stat">${format(value, panel.fieldConfig.defaults.unit)}</div>`;
}

function table(panel, queries) {
  const { renameByName } = panel.transformations.find((t) => t.id === 'organize').options;
  const labels = Object.entries(renameByName).filter(([k]) => !k.startsWith('Value #'));
  const unit = (name) => panel.fieldConfig.overrides.find((o) => o.matcher.options === name)?.properties[0].value;
  const rows = new Map();
  for (const query of queries) {
    const heading = renameByName[`Value #${query.ref}`];
    for (const series of query.result) {
      const key = labels.map(([label]) => series.metric[label] ?? '').join('|');
      rows.set(key, (rows.get(key) ?? new Map()).set(heading, Number(series.value[1])));
    }
  }
  const headings = queries.map((q) => renameByName[`Value #${q.ref}`]);
  const sorted = [...rows].sort(([, a], [, b]) => (labels.length === 1 ? (b.get(headings[0]) ?? 0) - (a.get(headings[0]) ?? 0) : 0));
  const head = [...labels.map(([, h]) => h), ...headings].map((h) => `<th>${escape(h)}</th>`).join('');
  const body = (labels.length === 1 ? sorted : [...rows].sort()).map(([key, values]) => `<tr>${key.split('|').map((k) => `<td class="l">${escape(k)}</td>`).join('')}${headings
    .map((h) => `<td>${values.has(h) ? format(values.get(h), unit(h)) : ''}</td>`).join('')}</tr>`).join('');
  return `<table><tr>${head}</tr>${body}</table>`;
}

function lines(panel, queries, width, height) {
  const { unit, custom } = panel.fieldConfig.defaults;
  const overLine = panel.fieldConfig.overrides.find((o) => o.properties.some((p) => p.id === 'custom.stacking'))?.matcher.options;
  const own = colours(panel);
  const series = queries.flatMap((q) => q.result.map((s) => ({
    name: named(q.asked === undefined ? '' : legendOf(panel, q.ref), s.metric),
    points: new Map(s.values.map(([t, v]) => [t, Number(v)]).filter(([, v]) => Number.isFinite(v))),
  })));
  const times = [...new Set(series.flatMap((s) => [...s.points.keys()]))].sort((a, b) => a - b);
  const stacked = custom.stacking.mode !== 'none';
  const below = new Map(times.map((t) => [t, 0]));
  const total = new Map(times.map((t) => [t, series.filter((s) => s.name !== overLine).reduce((sum, s) => sum + (s.points.get(t) ?? 0), 0)]));
  const share = (t, v) => (custom.stacking.mode === 'percent' ? v / (total.get(t) || 1) : v);
  for (const s of series) {
    s.stacked = stacked && s.name !== overLine;
    s.low = new Map(); s.high = new Map();
    for (const t of times) {
      if (!s.points.has(t)) continue;
      const v = share(t, s.points.get(t));
      s.low.set(t, s.stacked ? below.get(t) : 0);
      s.high.set(t, s.stacked ? below.get(t) + v : s.points.get(t));
      if (s.stacked) below.set(t, below.get(t) + v);
    }
  }
  const values = series.flatMap((s) => [...s.high.values()]);
  const log = custom.scaleDistribution.type === 'log';
  const max = (Math.max(...values) || 1) * 1.05;
  const min = log ? Math.min(...values.filter((v) => v > 0)) / 1.2 : Math.min(0, ...values);
  const left = 62, chart = height - 30 - 18 * Math.ceil(series.length / Math.max(1, Math.floor(width / 190)));
  const x = (t) => left + ((t - times[0]) / (times.at(-1) - times[0] || 1)) * (width - left - 12);
  const y = (v) => chart - (log ? Math.log(v / min) / Math.log(max / min) : (v - min) / (max - min || 1)) * (chart - 8);
  let svg = '';
  for (let i = 0; i <= 4; i++) {
    const v = log ? min * (max / min) ** (i / 4) : min + ((max - min) * i) / 4;
    svg += `<line x1="${left}" x2="${width - 12}" y1="${y(v)}" y2="${y(v)}" class="grid"/><text x="${left - 6}" y="${y(v) + 4}" text-anchor="end">${format(v, unit)}</text>`;
  }
  for (const at of [0, 0.5, 1]) {
    const t = times[Math.round(at * (times.length - 1))];
    if (t) svg += `<text x="${x(t)}" y="${chart + 15}" text-anchor="${['start', 'middle', 'end'][at * 2]}">${new Date(t * 1000).toISOString().slice(11, 19)}</text>`;
  }
  for (const t of deploys.filter((t) => t >= times[0])) {
    svg += `<line x1="${x(t)}" x2="${x(t)}" y1="8" y2="${chart}" class="deploy"/>`;
  }
  series.forEach((s, i) => {
    s.colour = own[s.name] ?? FALLBACK[i % FALLBACK.length];
    const at = times.filter((t) => s.high.has(t));
    const path = (m, list) => list.map((t) => `${x(t).toFixed(1)},${y(m.get(t)).toFixed(1)}`).join(' ');
    if (s.stacked) svg += `<polygon points="${path(s.high, at)} ${path(s.low, [...at].reverse())}" fill="${s.colour}" opacity=".75"/>`;
    else svg += `<polyline points="${path(s.high, at)}" fill="none" stroke="${s.colour}" stroke-width="${s.name === overLine ? 3.5 : 2}"/>`;
  });
  const legend = series.map((s) => `<span><i style="background:${s.colour}"></i>${escape(s.name)}</span>`).join('');
  return `<svg width="${width}" height="${chart + 20}">${svg}</svg><div class="legend">${legend}</div>`;
}

// When each annotated series began.
const deploys = results.filter((r) => r.panel === 'annotation' && r.file === 'overview')
  .flatMap((r) => r.result.map((s) => s.values[0][0]));
const legendOf = (panel, ref) => panel.targets.find((t) => t.refId === ref).legendFormat;

let body = '';
for (const panel of dashboard.panels) {
  const { x, y, w, h } = panel.gridPos;
  const place = `left:${(x / 24) * WIDTH}px;top:${y * UNIT}px;width:${(w / 24) * WIDTH - 8}px;height:${h * UNIT - 8}px`;
  if (panel.type === 'row') {
    body += `<h2 style="${place}">${panel.collapsed ? '› ' : '⌄ '}${escape(panel.title)}</h2>`;
    continue;
  }
  const queries = results.filter((r) => r.file === dashboardFile.match(/([a-z-]+)\.json$/)[1] && r.panel === panel.title);
  let inside = '<p class="none">asks Tempo or Jaeger: no server here</p>';
  if (queries.length) {
    inside = panel.type === 'stat' ? stat(panel, queries) : panel.type === 'table' ? table(panel, queries)
      : lines(panel, queries, (w / 24) * WIDTH - 30, h * UNIT - 44);
  }
  body += `<section style="${place}"><h3>${escape(panel.title.replace('$before', '1.0.0').replace('$after', '1.1.0'))}</h3>${inside}</section>`;
}
const height = Math.max(...dashboard.panels.map((p) => (p.gridPos.y + p.gridPos.h) * UNIT)) + 56;
writeFileSync(out, `<!doctype html><meta charset="utf-8"><title>${escape(dashboard.title)}</title><style>
body{margin:0;background:#f4f5f5;font:12px sans-serif;color:#24292e;width:${WIDTH + 16}px;height:${height}px}
header{padding:8px 12px;font-size:17px;height:32px}header small{font-size:12px;color:#b00020;margin-left:14px}
main{position:relative;margin:0 8px}section,h2{position:absolute;box-sizing:border-box}
section{background:#fff;border:1px solid #dcdfe3;border-radius:2px;padding:6px 8px;overflow:hidden}
h2{font-size:14px;margin:8px 0}h3{font-size:12.5px;margin:0 0 6px}svg text{font-size:10.5px;fill:#555}.grid{stroke:#e4e7ea}.deploy{stroke:#5794f2;stroke-dasharray:4 3}
.stat{font-size:30px;text-align:center;margin-top:20px}.legend span{margin-right:12px;white-space:nowrap;font-size:11px;line-height:16px}
.legend i{display:inline-block;width:14px;height:4px;margin-right:5px;vertical-align:middle}table{border-collapse:collapse;width:100%}
th{text-align:left;color:#3274d9}td{border-top:1px solid #eee;text-align:left;padding:3px 6px 3px 0}.none{color:#888;text-align:center;margin-top:40px}
</style><header>${escape(dashboard.title)}<small>drawn by scripts/fleet/pictures/draw.mjs from the answers of a real ${escape(server)}: not Grafana</small></header><main>${body}</main>`);
console.log(`${WIDTH + 16},${height}`);
