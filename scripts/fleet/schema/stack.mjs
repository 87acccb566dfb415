// Reads the Collector's and compose's YAML: it parses, pipelines name what is defined, mounted files exist, images
// have a tag. Not a run of the Collector: it is not to be had here. usage: node stack.mjs COLLECTOR_DIR
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const folder = process.argv[2];
const problems = [];
const yaml = (name) => parse(readFileSync(join(folder, name), 'utf8'));
const expect = (right, what) => right || problems.push(what);

const collector = yaml('collector.yaml');
const pipelines = Object.entries(collector.service.pipelines);
const used = new Set();
for (const [name, pipeline] of pipelines) {
  for (const part of ['receivers', 'processors', 'exporters']) {
    for (const component of pipeline[part]) {
      used.add(component);
      expect(component in collector[part], `collector.yaml: pipeline ${name} uses ${component}, which is not defined`);
    }
  }
}
for (const part of ['receivers', 'processors', 'exporters']) {
  for (const component of Object.keys(collector[part])) expect(used.has(component), `collector.yaml: ${component} is unused`);
}

const services = Object.entries(yaml('compose.yaml').services);
for (const [name, service] of services) {
  expect(/:[^:]+$/.test(service.image) && !service.image.endsWith(':latest'), `compose.yaml: ${name} has no pinned tag`);
  for (const volume of service.volumes ?? []) {
    expect(existsSync(join(folder, volume.split(':')[0])), `compose.yaml: ${name} mounts ${volume}, which is not there`);
  }
  for (const other of service.depends_on ?? []) expect(services.some(([n]) => n === other), `compose.yaml: no ${other}`);
}
const hosts = JSON.stringify([collector.exporters, yaml('grafana/datasources.yaml')]).matchAll(/http:\/\/([a-z]+):/g);
for (const [, host] of hosts) expect(services.some(([n]) => n === host), `no service ${host} in compose.yaml`);
yaml('tempo.yaml');
yaml('grafana/dashboards.yaml');

problems.forEach((p) => console.log(p));
console.log(`Collector: ${pipelines.length} pipelines of ${used.size} components; compose: ${services.length} services; `
  + `${problems.length} problems (read, not run)`);
process.exit(problems.length ? 1 : 0);
