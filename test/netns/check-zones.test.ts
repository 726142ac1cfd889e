/** Link-local addresses with their zone (RFC 4007 section 11): each kind of check asks by that interface. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { Lan, labMissing } from "../support/netns.ts";
import { check } from "../support/services.ts";

const LATE_SERVER = fileURLToPath(new URL("../support/late-server.js", import.meta.url));

test("the interface stands behind the address", { skip: labMissing() }, async () => {
  await using lan = await Lan.open("client", "server");
  const { client, server } = lan.hosts;
  await server.spawn(process.execPath, LATE_SERVER).lines.next(/listening/);
  const at = server.linkLocal;
  for (const [status, line, ...words] of [
    [0, `[${at}%eth0]:9  UP  L4OK`, "tcp", `[${at}%eth0]:9`],
    [0, `http://[${at}%25eth0]/  UP  L7OK`, "http", `http://[${at}%25eth0]/`],
    [0, `${at}%eth0  UP  L4OK`, "icmp", `${at}%eth0`],
    [1, "nobody listens there", "udp", `[${at}%eth0]:9`, "--reply"],
    [1, "nobody listens there", "dns", `[${at}%eth0]:54`],
    [2, "no such interface here", "tcp", `[${at}%eth7]:9`],
    [2, "say by which interface", "tcp", `[${at}]:9`],
  ] as const) {
    const [ended, text] = await check(client, ...words);
    assert.ok(text.includes(line), text);
    assert.equal(ended, status, text);
  }
});
