// Keeps what V8 makes of the bundle beside it, for vipkit.js, after `npm run build` and on the machine
// that it is installed on: another version of Node.js would not take it.
const { spawnSync } = require("node:child_process");
const { existsSync, rmSync, writeFileSync } = require("node:fs");
const path = require("node:path");

/** Each adds the functions that it called: what a short life needs. */
const RUNS = [
  ["--version"],
  ["vip", "list"],
  ["check", "icmp", "127.0.0.1"],
  ["check", "tcp", "127.0.0.1:9"],
  ["check", "http", "http://127.0.0.1:9/"],
  ["ha", "check", "-"],
];
/** What the last one reads. */
const CONF =
  "vrrp_instance A {\n interface eth0\n virtual_ipaddress {\n 192.0.2.1 dev eth0 # a\n }\n}\n";

const bundle = path.join(__dirname, "../dist/vipkit.cjs");
const words = process.argv.slice(2);
if (words.length > 0) {
  const { script, cacheFile } = require("./vipkit.js"); // runs it with our words
  process.on("exit", () => writeFileSync(cacheFile, script.createCachedData()));
} else if (existsSync(bundle)) {
  rmSync(`${bundle}.cache`, { force: true });
  for (const run of RUNS) {
    const stdio = ["pipe", "ignore", "ignore"];
    spawnSync(process.execPath, [__filename, ...run], { input: CONF, stdio });
  }
}
