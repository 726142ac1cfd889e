import assert from "node:assert/strict";
import { test } from "node:test";
import { parseArgs } from "../../../../src/commands/parse.ts";
import { vmacOf, vmacOptions } from "../../../../src/commands/vrrp/vmac-options.ts";
import { formatMac } from "../../../../src/core/addr.ts";

const vmac = (words: readonly string[], { family = 4, peer = [] as unknown[] } = {}) => {
  const args = parseArgs(words, {}, vmacOptions);
  return vmacOf({ ...args, interface: "eth0", vrid: 51, peer }, family === 4 ? 4 : 6);
};
const nameOf = (...words: string[]) => vmac(words)?.ifName;

test("it is called after the VRID unless it is given a name", () => {
  assert.equal(vmac([]), null);
  assert.equal(nameOf("--vmac"), "vrrp.51");
  assert.equal(nameOf("--vmac", "--vmac-xmit-base"), "vrrp.51");
  assert.equal(nameOf("--vmac", "lan-vip"), "lan-vip");
  assert.equal(nameOf("--vmac=lan-vip"), "lan-vip");
  const ip6 = vmac(["--vmac"], { family: 6 });
  assert.deepEqual(
    [ip6?.ifName, formatMac(ip6?.mac ?? new Uint8Array())],
    ["vrrp6.51", "00:00:5e:00:02:33"],
  );
});

test("adverts leave from it but for --vmac-xmit-base and by unicast", () => {
  assert.equal(vmac(["--vmac"])?.sendsAdverts, true);
  assert.equal(vmac(["--vmac", "--vmac-xmit-base"])?.sendsAdverts, false);
  assert.equal(vmac(["--vmac"], { peer: ["10.0.0.2"] })?.sendsAdverts, false);
});

test("what cannot be a name, or clashes, is refused in one line", () => {
  assert.throws(() => nameOf("--vmac-xmit-base"), /--vmac-xmit-base needs --vmac/);
  assert.throws(() => nameOf("--vmac", "eth0"), /--vmac eth0 and -I eth0 clash/);
  assert.throws(
    () => nameOf("--vmac", "a-name-of-16-byt"),
    /--vmac "a-name-of-16-byt" is longer than 15 bytes/,
  );
  assert.equal(nameOf("--vmac", "a-name-of-15-by"), "a-name-of-15-by");
  for (const odd of ["a/b", "a b", "a:b", ".", ".."]) {
    assert.throws(() => nameOf("--vmac", odd), /is no name of an interface/);
  }
  assert.throws(() => nameOf("--vmac", "--vmac"), /--vmac is given twice/);
});
