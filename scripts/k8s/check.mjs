// Checks the manifests here against the models of the Kubernetes API: types, required fields, and no
// field that the API does not know. The Instrumentation of the OpenTelemetry operator has no model.
import {readdirSync, readFileSync} from "node:fs";
import {createRequire} from "node:module";
import {join} from "node:path";

const require = createRequire(join(process.argv[2], "package.json"));
const yaml = require("yaml");
const OTHERS = new Set(["opentelemetry.io/v1alpha1"]);

// The validators read each field they know by name, so what they never read they do not know.
function watched(value, path, unread) {
  if (value === null || typeof value !== "object") {
    return value;
  }
  const children = {};
  for (const key of Object.keys(value)) {
    unread.add(path + "/" + key);
    children[key] = watched(value[key], path + "/" + key, unread);
  }
  const read = key => unread.delete(path + "/" + String(key));
  return new Proxy(value, {
    get: (target, key) => (read(key), key in children ? children[key] : target[key]),
    ownKeys: target => (Object.keys(target).forEach(read), Reflect.ownKeys(target)),
  });
}

function problems(document) {
  const {apiVersion, kind} = document;
  let Model;
  try {
    Model = require("kubernetes-models/" + apiVersion)[kind];
  } catch {
    return OTHERS.has(apiVersion) ? [] : ["unknown API " + apiVersion];
  }
  if (!Model) {
    return ["unknown kind " + apiVersion + " " + kind];
  }
  const unread = new Set();
  try {
    Model.prototype.validate.call(watched(document, "", unread));
  } catch (e) {
    return [e.message];
  }
  return [...unread].map(path => "unknown field " + path);
}

let failed = 0;
let checked = 0;
for (const file of readdirSync(import.meta.dirname).filter(f => f.endsWith(".yaml"))) {
  for (const parsed of yaml.parseAllDocuments(readFileSync(join(import.meta.dirname, file), "utf8"))) {
    const document = parsed.toJS();
    const found = [...parsed.errors.map(e => e.message), ...problems(document)];
    checked++;
    failed += found.length > 0 ? 1 : 0;
    console.log(`${found.length ? "FAIL" : "ok  "} ${file} ${document.kind} ${document.metadata.name}`);
    found.forEach(line => console.log("       " + line));
  }
}
console.log(`${checked - failed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
