// Opens report pages in headless Chromium and holds them to what they promise.
// usage: node check.mjs CHROMIUM OUT_DIR NAME=PAGE.html ...
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from "node:fs";
import {createRequire} from "node:module";
import {tmpdir} from "node:os";
import {join} from "node:path";
import {pathToFileURL} from "node:url";
import puppeteer from "puppeteer-core";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
// Generous, for a machine without a GPU that does other things as well.
const FRAME_MS = 60;
const [chromium, out, ...pages] = process.argv.slice(2);
const failures = [];

function check(page, what, right, detail = "") {
  console.log((right ? "ok    " : "FAIL  ") + page + ": " + what + (detail ? " (" + detail + ")" : ""));
  if (!right) {
    failures.push(page + ": " + what);
  }
}

async function open(browser, name, file, scheme, width) {
  const page = await browser.newPage();
  const seen = {errors: [], requests: []};
  page.on("console", m => ["error", "warn"].includes(m.type()) && seen.errors.push(m.text()));
  page.on("pageerror", e => seen.errors.push(String(e)));
  page.on("dialog", d => { seen.errors.push("dialog"); d.dismiss(); });
  page.on("request", r => r.isNavigationRequest() || seen.requests.push(r.url()));
  await page.setViewport({width, height: 900});
  await page.emulateMediaFeatures([{name: "prefers-color-scheme", value: scheme}]);
  const begin = Date.now();
  await page.goto(pathToFileURL(file).href, {waitUntil: "load"});
  await page.waitForSelector("h1");
  await page.evaluate(() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))));
  seen.ready = Date.now() - begin;
  return {page, seen};
}

async function accessible(name, page, scheme) {
  await page.evaluate(AXE);
  const found = await page.evaluate(() => window.axe.run(document, {resultTypes: ["violations"]}));
  const bad = found.violations.filter(v => ["serious", "critical"].includes(v.impact));
  const text = bad.map(v => v.id + ": " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(", ")).join("; ");
  check(name, "axe finds nothing serious in " + scheme, bad.length === 0, text
      || found.violations.length + " lesser, " + found.passes.length + " rules passed");
}

// Every bar's parts fill it, and nothing is wider than the page.
async function fits(name, page, width) {
  const wide = await page.evaluate(() => document.documentElement.scrollWidth);
  check(name, "no sideways scrolling at " + width + " px", wide <= width, wide + " px");
  const off = await page.evaluate(() => Math.max(0, ...[...document.querySelectorAll(".bar")].map(bar => {
    const parts = [...bar.children].reduce((sum, c) => sum + c.getBoundingClientRect().width, 0);
    return Math.abs(parts - bar.getBoundingClientRect().width);
  })));
  check(name, "the parts of each bar fill it", off < 0.5, off.toFixed(3) + " px off");
}

const drawnAs = page => page.evaluate(() => document.querySelector("canvas").toDataURL().length
    + "/" + [...document.querySelector("canvas").toDataURL()].reduce((h, c) => (h * 31 + c.charCodeAt(0)) | 0, 7));
const settle = page => page.evaluate(() => new Promise(done => requestAnimationFrame(() => setTimeout(done, 0))));

// What keys, search and zoom do, and how long each takes in the page.
async function interact(name, page) {
  const spans = await page.evaluate(() => document.querySelector("canvas").getAttribute("aria-label").match(/\d+/)[0] | 0);
  const before = await drawnAs(page);
  await page.focus("canvas");
  await page.keyboard.press("ArrowRight");
  await settle(page);
  const chosen = await page.$eval(".chosen", n => n.textContent);
  check(name, "an arrow key chooses a span", chosen.includes("the request waited"), chosen.slice(0, 60));
  await page.keyboard.press("Enter");
  await settle(page);
  check(name, "Enter zooms to it", await drawnAs(page) !== before);
  await page.keyboard.press("Escape");
  await settle(page);
  check(name, "Escape shows all again", await drawnAs(page) === before);
  await page.keyboard.press("/");
  const word = await page.evaluate(() => "schema");
  await page.keyboard.type(word);
  await settle(page);
  const found = await page.$eval(".controls [role=status]", n => n.textContent);
  const count = parseInt(found, 10);
  check(name, "search finds some spans and not all", count > 0 && count < spans, found);
  await page.keyboard.press("Enter");
  await settle(page);
  const match = await page.$eval(".chosen", n => n.textContent.toLowerCase());
  check(name, "Enter goes to a match", match.includes(word));
  await page.click("details.screen summary");
  await settle(page);
  const rows = await page.$$eval("details.screen tbody tr", r => r.length);
  check(name, "the table of spans shows the matches", rows === Math.min(count, 200), rows + " rows");
  await page.click("details.screen summary");
  await page.$eval("input[type=search]", n => { n.value = ""; n.dispatchEvent(new Event("input")); });
  const box = await (await page.$("canvas")).boundingBox();
  const y = Math.min(box.y + 106, 890);
  let tip = true;
  for (let x = box.x + 2; x < box.x + box.width && tip; x += 8) {
    await page.mouse.move(x, y);
    tip = await page.$eval(".tip", n => n.hidden);
  }
  check(name, "hovering tells about a span", !tip);
  return spans;
}

// Zooms, pans, moves and searches, and takes the time of each handler with its drawing.
async function timing(name, page, spans) {
  const times = await page.evaluate(() => {
    const canvas = document.querySelector("canvas");
    const search = document.querySelector("input[type=search]");
    const waterfall = drawn[0];
    const took = [];
    const run = action => {
      const begin = performance.now();
      action();
      waterfall.paintNow();
      took.push(performance.now() - begin);
    };
    for (let i = 0; i < 60; i++) {
      const x = 100 + i * 10;
      run(() => canvas.dispatchEvent(new WheelEvent("wheel",
          {deltaY: i % 20 < 10 ? -60 : 60, ctrlKey: true, clientX: x, clientY: 300, cancelable: true})));
      run(() => canvas.dispatchEvent(new PointerEvent("pointermove", {clientX: x, clientY: 300})));
      run(() => canvas.dispatchEvent(new KeyboardEvent("keydown", {key: "ArrowRight", cancelable: true})));
    }
    for (const text of ["w", "wo", "work 4", "schema", ""]) {
      run(() => { search.value = text; search.dispatchEvent(new Event("input")); });
    }
    waterfall.reset();
    return took.sort((a, b) => a - b);
  });
  const p95 = times[Math.floor(times.length * 0.95)];
  check(name, "handlers with drawing stay below " + FRAME_MS + " ms with " + spans + " spans", p95 < FRAME_MS,
      "p50 " + times[times.length >> 1].toFixed(1) + " ms, p95 " + p95.toFixed(1) + " ms, max "
      + times[times.length - 1].toFixed(1) + " ms");
}

async function shot(page, name) {
  await page.screenshot({path: join(out, name + ".png"), fullPage: true});
}

async function checkPage(browser, name, file) {
  for (const [scheme, width] of [["light", 1280], ["dark", 1280], ["light", 390]]) {
    const {page, seen} = await open(browser, name, file, scheme, width);
    const id = name + "-" + scheme + "-" + width;
    await shot(page, id);
    await fits(id, page, width);
    await accessible(id, page, scheme);
    check(id, "nothing hostile ran", await page.evaluate(() => window.hacked === undefined));
    if (scheme === "light" && width === 1280 && await page.$("canvas")) {
      const spans = name === "hostile" ? 0 : await interact(id, page);
      await timing(id, page, spans);
      await shot(page, id + "-used");
      await page.pdf({path: join(out, name + ".pdf"), printBackground: false, format: "A4"});
    }
    check(id, "no console error", seen.errors.length === 0, seen.errors.slice(0, 3).join(" | "));
    check(id, "no request leaves the file", seen.requests.length === 0, seen.requests.slice(0, 3).join(" "));
    check(id, "drawn within 5 s", seen.ready < 5000, seen.ready + " ms");
    await page.close();
  }
}

const profile = mkdtempSync(join(tmpdir(), "coldstart-chromium-"));
const browser = await puppeteer.launch({executablePath: chromium, userDataDir: profile, headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"]});
try {
  for (const page of pages) {
    const at = page.indexOf("=");
    await checkPage(browser, page.slice(0, at), page.slice(at + 1));
  }
} finally {
  await browser.close();
  rmSync(profile, {recursive: true, force: true});
}
writeFileSync(join(out, "result.txt"), failures.length === 0 ? "pass\n" : failures.join("\n") + "\n");
console.log(failures.length === 0 ? "All checks passed; screenshots are in " + out
  : failures.length + " checks failed; screenshots are in " + out);
process.exit(failures.length === 0 ? 0 : 1);
