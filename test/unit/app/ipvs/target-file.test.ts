/** One target, in each of the formats. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { readTargetFile } from "../../../../src/app/ipvs/target-file.ts";
import type { TargetFormat } from "../../../../src/app/ipvs/target-format.ts";
import { hmacSha256 } from "../../../../src/io/hmac.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { formatJsonTable, formatYamlTable } from "../../../../src/proto/ipvs/target-text.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakeFiles } from "../../../support/fake-files.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

const { signal } = new AbortController();
const SURROUNDINGS = { configId: "", environment: () => undefined, random: () => 0 };

async function read(text: string, path = "/f", format?: TargetFormat, more = {}) {
  const files = new FakeFiles();
  files.contents.set(path, new TextEncoder().encode(text));
  const configurationFiles = new FakeConfigurationFiles({ [path]: text, ...more });
  const ports = { files, configurationFiles, hmacSha256 };
  return await readTargetFile(path, format, () => SURROUNDINGS, ports, signal);
}

const TABLE = tableOf([
  {
    service: serviceAt("tcp 192.0.2.1:80", { scheduler: "rr" }),
    destinations: [destinationTo("10.0.0.1:8080", { weight: 3 })],
  },
]);
const SAVE = "-A -t 192.0.2.1:80 -s rr\n-a -t 192.0.2.1:80 -r 10.0.0.1:8080 -m -w 3\n";
const CONF = `virtual_server 192.0.2.1 80 {
lvs_sched rr
lvs_method NAT
protocol TCP
real_server 10.0.0.1 8080 {
weight 3
}
}
`;

test("the same table is read from each format, with places", async () => {
  const ours = { table: TABLE, timeouts: null, daemons: null };
  for (const text of [formatYamlTable(ours), formatJsonTable(ours), SAVE, CONF]) {
    const { target, files, notes } = await read(text);
    assert.deepEqual(target.table, TABLE, text);
    assert.deepEqual([files.map(({ path }) => path), notes], [["/f"], []]);
    for (const [subject, place] of target.places) assert.match(place, /^\/f:\d+:\d+$/, subject);
    assert.equal(target.places.has("10.0.0.1:8080 of tcp 192.0.2.1:80"), true);
  }
});

test("standard input has a name for its places, and is no file to be followed", async () => {
  for (const text of [SAVE, CONF]) {
    const { target, files } = await read(text, "-");
    assert.match(target.places.get("tcp 192.0.2.1:80") ?? "", /^<stdin>:1:\d+$/);
    assert.deepEqual(files, []);
  }
});

test("files that are included are to be followed too", async () => {
  const { target, files } = await read("include /more", "/f", undefined, { "/more": CONF });
  assert.deepEqual(
    files.map(({ path }) => path),
    ["/f", "/more"],
  );
  assert.deepEqual(target.table, TABLE);
});

test("a file that says nothing is refused, unless its format is given", async () => {
  await assert.rejects(read("# nothing\n"), /^UsageError: \/f is empty: nothing is removed/);
  assert.equal((await read("", "/f", "ipvsadm")).target.table.size, 0);
});

test("mistakes have their place in each format", async () => {
  await assert.rejects(read(SAVE.replace("-w 3", "-w x")), /^UsageError: \/f:2:\d+: /);
  await assert.rejects(read(`${SAVE}-A\n-A\n`), / \(1 more\)$/);
  await assert.rejects(read("services: 5"), /^UsageError: \/f:1:11: /);
  const cutOff = CONF.slice(0, CONF.length - 2); // keepalived would go on with what is there
  await assert.rejects(read(cutOff), /^UsageError: \/f:\d+:\d+: .* is not closed .*ha check/);
});

test("what nobody understands is no table without services", async () => {
  for (const text of ["servic", "-", "<html>\n", "\0\0\0\0", `#\n${"x".repeat(2000)}\n`])
    await assert.rejects(read(text), /^UsageError: \/f:\d+:\d+: .*ha check/, JSON.stringify(text));
  await assert.rejects(read(`${CONF}virtual_serv\n`), /unknown keyword 'virtual_serv'/);
  await assert.rejects(read(CONF.replace("real_server", "real_serve")), /'real_serve'/);
});

test("mistakes that keepalived goes on with are told", async () => {
  const { target, notes } = await read(CONF.replace("protocol TCP", ""));
  assert.deepEqual([...target.table.keys()], ["udp 192.0.2.1:80"]);
  assert.deepEqual(notes, ["/f: 1 error, which vipkit ha check tells"]);
});

test("a part that cannot be read is not left out", async () => {
  const unreadable = read("include /more", "/f", undefined, { "/more": "!EACCES" });
  await assert.rejects(unreadable, { code: "EACCES" });
});
