import assert from "node:assert/strict";
import { test } from "node:test";
import { OwnedServices } from "../../../../src/app/ipvs/owned.ts";
import type { LookAt } from "../../../../src/core/path-walk.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const { signal } = new AbortController();
const inNamespace =
  (target: string): LookAt =>
  () => ({ kind: "link", target });

test("each file and each network namespace has services of its own", async () => {
  const ports = new FakePorts();
  const of = (file: string, netns: string) =>
    new OwnedServices("/run/x", file, {
      files: ports.files,
      configurationFiles: ports.configurationFiles,
      contentHash: (text) => text,
      lookAt: inNamespace(netns),
    });
  await of("/etc/a", "net:[1]").write(new Set(["tcp 192.0.2.1:80"]));
  assert.deepEqual([...(await of("/etc/a", "net:[1]").read(signal))], ["tcp 192.0.2.1:80"]);
  assert.deepEqual([...(await of("/etc/b", "net:[1]").read(signal))], []);
  assert.deepEqual([...(await of("/etc/a", "net:[2]").read(signal))], []);
});

test("nothing is written where nothing is owned or nothing is new, and junk is nothing", async () => {
  const ports = new FakePorts();
  const owned = new OwnedServices("/run/x", "-", ports);
  await owned.write(new Set());
  assert.equal(ports.files.contents.size, 0);
  ports.files.contents.set(
    owned.path,
    new TextEncoder().encode('{"services": [7, "tcp 192.0.2.1:80"'),
  );
  assert.deepEqual([...(await owned.read(signal))], []);
  const one = new Set(["tcp 192.0.2.1:80"]);
  await owned.write(one);
  ports.files.refuse = "ENOSPC";
  await owned.write(one);
  await assert.rejects(owned.write(new Set()), { code: "ENOSPC" });
});
