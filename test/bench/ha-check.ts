/**
 * `ha check` of a small file beside an empty node, and of 50,000 lines with 2,000 virtual servers beside
 * `keepalived -t`, in turns; medians, ratios, memory. Wanted: within 2 times node; 2 s, 300 MB, no slower.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tellTimes, timeInTurns } from "../support/bench.ts";
import { BIN } from "../support/cli.ts";

const folder = mkdtempSync(join(tmpdir(), "vipkit-bench-"));
const file = (name: string, text: string): string => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};
const small = file(
  "small.conf",
  "vrrp_instance A {\n    interface eth0\n    virtual_router_id 51\n    priority 100\n    virtual_ipaddress {\n        192.0.2.10/24\n    }\n}\n",
);
const large = file("large.conf", Array.from({ length: 2000 }, (_, n) => virtualServer(n)).join(""));
const check = (path: string): string[] => [process.execPath, BIN, "ha", "check", "-q", path];

try {
  tellTimes(
    timeInTurns(
      { "node -e 0": [process.execPath, "-e", "0"], "ha check, small": check(small) },
      20,
    ),
  );
  const keepalived = ["keepalived", "-t", "-f", large];
  tellTimes(
    timeInTurns({ "keepalived -t": keepalived, "ha check, 50,000 lines": check(large) }, 5),
  );
  process.stdout.write(`ha check, 50,000 lines: ${peakMb(check(large)).toFixed(0)} MB\n`);
} finally {
  rmSync(folder, { recursive: true });
}

/** 25 lines. */
function virtualServer(n: number): string {
  const net = `10.${n >> 8}.${n & 255}`;
  const reals = [10, 11, 12].map(
    (host) =>
      `    real_server ${net}.${host} 80 {\n        weight 1\n        TCP_CHECK {\n            connect_timeout 3\n        }\n    }\n`,
  );
  const begin = `virtual_server ${net}.1 80 {\n    delay_loop 6\n    lb_algo rr\n    lb_kind DR\n    protocol TCP\n`;
  return `${begin}${reals.join("")}}\n\n`;
}

/** Of resident memory. */
function peakMb([node = "", ...words]: readonly string[]): number {
  const tell = "process.on('exit', () => console.log(process.resourceUsage().maxRSS))";
  const { stdout } = spawnSync(node, ["-r", file("tell.cjs", tell), ...words], {
    encoding: "utf8",
  });
  return Number(stdout) / 1024;
}
