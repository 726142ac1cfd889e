/** `ha up --server-name`: a real server of the file is where a name server has its name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { HaUp } from "../support/ha-up.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";
import { nameServer } from "../support/services.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("nginx");

const CONF = `virtual_server 10.0.0.9 80 {
  delay_loop 0.2
  lvs_sched rr
  lvs_method NAT
  protocol TCP
  ${[77, 78]
    .map(
      (host) => `real_server 10.0.0.${host} 80 {\nHTTP_GET {\nwarmup 0\nurl { path /health }\n}\n}`,
    )
    .join("\n")}
}
`;

test("it is checked there; one whose name is none stays where the file has it", {
  skip,
}, async () => {
  await using lan = await Lan.open("lb", "web");
  const { lb, web } = lan.hosts;
  using _nginx = await Nginx.start(web);
  await nameServer(web, web.ipv4);
  await lan.lookUpAt(web);
  const names = ["10.0.0.77=web.example.test", "10.0.0.78=none.example.test"];
  const up = new HaUp(
    lb,
    CONF,
    names.flatMap((one) => ["--server-name", one]),
  );
  const { lines } = up.program;
  await lines.next(/real server \[10\.0\.0\.78\]:tcp:80 .* is down/);
  const told = lines.all.filter((line) => / \(\w+\.example\.test\)/.test(line));
  assert.equal(told.length, 2);
  assert.match(told.join("\n"), /10\.0\.0\.77 \(web\.example\.test\) is at 10\.0\.0\.2 now$/m);
  assert.match(told.join("\n"), /10\.0\.0\.78 .*: no such name; it stays at 10\.0\.0\.78$/m);
  const argv = [process.execPath, VIPKIT, "ha", "status", "-j", "--name", lb.name];
  const { services }: HaStatusRecord = JSON.parse(await lb.run(...argv));
  const servers = services?.[0]?.servers ?? [];
  assert.deepEqual(
    servers.map(({ server, checks }) => [server, checks[0]?.state === "up"]),
    [
      ["[10.0.0.2]:tcp:80", true],
      ["[10.0.0.78]:tcp:80", false],
    ],
  );
  await up.stop();
});
