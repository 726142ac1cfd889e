import assert from "node:assert/strict";
import { test } from "node:test";
import { readWanted } from "../../../../src/app/ipvs/wanted-file.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const surroundings = () => ({ configId: "", environment: () => undefined, random: () => 0 });
const { signal } = new AbortController();

function wanted(text: string) {
  const ports = new FakePorts();
  ports.files.contents.set("/f", new TextEncoder().encode(text));
  return readWanted({ path: "/f", format: undefined, surroundings }, ports, signal);
}

test("what the kernel would refuse is a mistake with its place, and how many there are more", async () => {
  const server = (at: string) => `-a -t 192.0.2.1:80 -r ${at} -m -x 1 -y 2\n`;
  const two = `-A -t 192.0.2.1:80\n${server("10.0.0.1:80")}${server("10.0.0.2:80")}`;
  await assert.rejects(wanted(two), /^UsageError: \/f:2:.*10\.0\.0\.1:80 of .* \(1 more\)$/);
});

test("a file without names is good for ever", async () => {
  const { goodForMs, target } = await wanted("-A -t 192.0.2.1:80 -s rr\n");
  assert.deepEqual([goodForMs, [...target.table.keys()]], [Infinity, ["tcp 192.0.2.1:80"]]);
});
