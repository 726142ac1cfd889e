/** `ha up --verify-certificates`: a page over TLS is good only with a certificate that is good for its name. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { HaStatusRecord } from "../../src/app/ha/up/parent/status.ts";
import { HaUp } from "../support/ha-up.ts";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("nginx");

/** nginx has a certificate of its own for www.test. */
const conf = (nginx: Nginx, { ipv4 }: Host): string => `SSL {
  ca ${nginx.file("cert.pem")}
}
virtual_server 10.0.0.9 443 {
  delay_loop 0.2
  protocol TCP
  ${["www.test", "other.test"].map((name, index) => serverOf(ipv4, 80 + index, name)).join("\n  ")}
}
`;

const serverOf = (ip: string, port: number, name: string): string =>
  `real_server ${ip} ${port} {
    SSL_GET {
      connect_port 443
      virtualhost ${name}
      retry 0
      warmup 0
      url { path /health }
    }
  }`;

test("of two names the one of the certificate is up, and the other is told why not", {
  skip,
}, async () => {
  await using lan = await Lan.open("lb", "web");
  const { lb, web } = lan.hosts;
  using nginx = await Nginx.start(web);
  const verified = await statesOf(lb, conf(nginx, web), "--verify-certificates");
  assert.deepEqual(verified[0], "up");
  assert.match(verified[1] ?? "", /^down .*certificate is for www\.test and not for other\.test/);
  assert.deepEqual(await statesOf(lb, conf(nginx, web)), ["up", "up"], "as keepalived believes");
});

/** `up`, or `down` and why. */
async function statesOf(lb: Host, text: string, ...more: readonly string[]): Promise<string[]> {
  const up = new HaUp(lb, text, more);
  await up.program.lines.next(/UP$|up$/i);
  for (;;) {
    const argv = [process.execPath, VIPKIT, "ha", "status", "-j", "--name", lb.name];
    const { services }: HaStatusRecord = JSON.parse(await lb.run(...argv));
    const checks = (services ?? []).flatMap(({ servers }) => servers.flatMap((one) => one.checks));
    if (checks.length === 2 && checks.every(({ state }) => state !== "unknown")) {
      await up.stop();
      return checks.map(({ state, detail }) => (state === "up" ? state : `${state} ${detail}`));
    }
  }
}
