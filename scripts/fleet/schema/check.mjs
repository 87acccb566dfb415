// Compiles the dashboards as TypeScript literals against the types of @grafana/schema, and parses their TraceQL.
// usage: node check.mjs DASHBOARDS_DIR     prints what was checked, ends with 1 when something does not fit
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { parser } from '@grafana/lezer-traceql';

const folder = process.argv[2];
const version = JSON.parse(readFileSync('node_modules/@grafana/schema/package.json', 'utf8')).version;
const raw = '@grafana/schema/dist/esm/raw/composable';

// String enums of TypeScript accept no literals: take their texts instead, all the way down.
const head = `
import type { Dashboard, GraphFieldConfig, TableFieldOptions } from '@grafana/schema';
import type { Spec } from '@grafana/schema/apis/dashboard.grafana.app/v2';
import type { Options as TimeSeries } from '${raw}/timeseries/panelcfg/x/TimeSeriesPanelCfg_types.gen';
import type { Options as Table } from '${raw}/table/panelcfg/x/TablePanelCfg_types.gen';
import type { Options as Stat } from '${raw}/stat/panelcfg/x/StatPanelCfg_types.gen';
type Json<T> = unknown extends T ? T : T extends string ? \`\${T}\` : T extends object ? { [K in keyof T]: Json<T[K]> } : T;
type Lines = { custom?: Json<GraphFieldConfig> };
`;
const optionTypes = { timeseries: 'TimeSeries', table: 'Table', stat: 'Stat' };

const files = ['classic', 'v2'].flatMap((form) =>
  readdirSync(join(folder, form)).sort().map((name) => ({ form, name, path: join(folder, form, name) })));
let source = head;
let panels = 0;
let problems = 0;
let traceql = 0;
const literal = (type, value) => {
  source += `export const v${source.length}: ${type} = ${JSON.stringify(value)};\n`;
};

function panel(type, options, defaults) {
  panels++;
  if (optionTypes[type]) literal(`Json<${optionTypes[type]}>`, options);
  if (type === 'timeseries') literal('Lines', { custom: defaults.custom });
}

function trace(name, query) {
  if (query.queryType !== 'traceql' || query.query.startsWith('$')) return;
  traceql++;
  parser.parse(query.query).iterate({
    enter(node) {
      if (!node.type.isError) return;
      problems++;
      console.log(`${name}: not TraceQL at ${node.from}: ${query.query}`);
    },
  });
}

for (const { form, name, path } of files) {
  const dashboard = JSON.parse(readFileSync(path, 'utf8'));
  if (form === 'v2') {
    source += `// v2/${name}\n`;
    literal('Spec', dashboard.spec);
    for (const { spec } of Object.values(dashboard.spec.elements)) {
      panel(spec.vizConfig.group, spec.vizConfig.spec.options, spec.vizConfig.spec.fieldConfig.defaults);
      for (const q of spec.data.spec.queries) trace(name, q.spec.query.spec);
    }
    continue;
  }
  // Not part of the type: what an import asks for, and what the Prometheus plugin adds to an annotation.
  const { __inputs, __requires, ...rest } = dashboard;
  if (!__inputs?.length || !__requires?.length) {
    problems++;
    console.log(`${name}: no datasource inputs`);
  }
  rest.annotations.list = rest.annotations.list.map(({ titleFormat, textFormat, useValueForTime, target, ...a }) =>
    ({ ...a, target: { refId: target.refId } }));
  source += `// classic/${name}\n`;
  literal('Json<Dashboard>', rest);
  for (const p of dashboard.panels.flatMap((p) => [p, ...(p.panels ?? [])]).filter((p) => p.type !== 'row')) {
    panel(p.type, p.options, p.fieldConfig.defaults);
    for (const target of p.targets) trace(name, target);
  }
}

writeFileSync('dashboards.ts', source);
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const run = spawnSync(process.execPath, [tsc, '--noEmit', '--strict', '--skipLibCheck', '--target', 'es2022',
  '--module', 'nodenext', '--moduleResolution', 'nodenext', 'dashboards.ts'], { encoding: 'utf8' });
const errors = run.stdout.split('\n').filter((line) => line.includes('error'));
for (const line of errors.slice(0, 20)) {
  const at = Number(/\((\d+),/.exec(line)?.[1] ?? 1);
  const file = source.split('\n').slice(0, at).reverse().find((l) => l.startsWith('// '));
  console.log(`${file}: ${line.slice(0, 400)}`);
}
problems += errors.length;
console.log(`@grafana/schema ${version}: ${files.length} dashboards as types Dashboard (classic) and Spec (v2), options and `
  + `line styles of ${panels} panels; ${traceql} TraceQL queries parsed; ${problems} problems`);
process.exit(problems || run.status ? 1 : 0);
