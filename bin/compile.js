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
  ["ipvs", "sync", "--dry-run", "-f", "-"],
  ["ha", "check", "-"],
];
/** What the last two read. */
const TABLE = "-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:80 -m -w 1\n";
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
    const input = run[0] === "ipvs" ? TABLE : CONF;
    spawnSync(process.execPath, [__filename, ...run], { input, stdio });
  }
}
