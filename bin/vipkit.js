#!/usr/bin/env node
// Runs the bundle, with what V8 made of it before (compile.js): to compile it takes longer than all of
// node's own start. CommonJS (see package.json beside this file): as a module, it takes 6 ms more.
const { readFileSync, statSync } = require("node:fs");
const path = require("node:path");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");

const filename = path.join(__dirname, "../dist/vipkit.cjs");
const cacheFile = `${filename}.cache`;
// As Node wraps a module. ASCII alone (esbuild writes no other), so no byte needs decoding.
const source = `(function (require, __filename) {${readFileSync(filename, "latin1")}\n})`;
const script = new Script(source, { filename, cachedData: cachedData() });
module.exports = { script, cacheFile }; // for compile.js
// Young garbage is collected from the size that it begins with on. Else V8 lets it grow to 32 MiB with the
// first long list of targets, and keeps that for as long as a watch lasts; a table of IPVS that is made in a
// second has no time to get that memory from the kernel. Elsewhere it may: a sniff of a million adverts is faster
// with it. Nor may the processes of `ha up` keep what a start with hundreds of routers took. Behind the script,
// for V8 takes a cache only with its own flags.
const [, , group, name] = process.argv;
const isFrugal = group === "check" || group === "ipvs" || (group === "ha" && name === "up");
if (require.main === module && isFrugal) setFlagsFromString("--semi-space-growth-factor=1");
script.runInThisContext()(require, filename);

/** V8 itself refuses what another version made, but knows a source by its length alone. */
function cachedData() {
  try {
    if (statSync(cacheFile).mtimeMs < statSync(filename).mtimeMs) return undefined;
    return readFileSync(cacheFile);
  } catch {
    return undefined; // none was made, or not for us to read: slower, no more
  }
}
