import assert from "node:assert/strict";
import test from "node:test";
import { FakeHa } from "../../../support/fake-ha.ts";

test("where one runs already a second is refused, and told who that is: exit 2", async () => {
  const ha = await FakeHa.up();
  ha.ports.claims.add("ha/ha");
  const { exitCode, stderr } = await ha.run("up", "-f", "other.conf");
  assert.equal(exitCode, 2);
  assert.match(stderr, /process 4711 runs \/etc\/ha\.conf here/);
  assert.equal(ha.children.all.length, 2);
});

test("where one of another name goes by the same file a second is refused: exit 2", async () => {
  const ha = await FakeHa.up();
  ha.ports.claims.add("ha/file//etc/ha.conf");
  const { exitCode, stderr } = await ha.run("up", "-f", "/etc/ha.conf", "--name", "second");
  assert.equal(exitCode, 2);
  assert.match(stderr, /another one, of another --name, goes by \/etc\/ha\.conf/);
  assert.deepEqual([...ha.ports.claims], ["ha/file//etc/ha.conf"], "its own name is free again");
  assert.equal(ha.children.all.length, 2);
});

for (const option of ["--slow-start", "--drain"]) {
  test(`${option} of more than an hour is refused before anything is begun: exit 2`, async () => {
    const ha = await FakeHa.up();
    const { exitCode, stderr } = await ha.run("up", option, "61m");
    assert.equal(exitCode, 2);
    assert.match(stderr, new RegExp(`${option} is not within 0s to 1h`));
  });
}

test("names of real servers that cannot be meant are refused before anything is begun", async () => {
  const ha = await FakeHa.up();
  const refusal = async (...names: readonly string[]) => {
    const { exitCode, stderr } = await ha.run(
      "up",
      ...names.flatMap((one) => ["--server-name", one]),
    );
    assert.equal(exitCode, 2);
    return stderr;
  };
  assert.match(await refusal("10.0.0.5"), /is not ADDR=NAME/);
  assert.match(await refusal("web=web.test"), /is no IP address/);
  assert.match(await refusal("10.0.0.5=10.0.0.6"), /has an address in the place of a name/);
  assert.match(await refusal("10.0.0.5=a b"), /is not ADDR=NAME/);
  assert.match(
    await refusal("10.0.0.5=a.test", "10.0.0.5=b.test"),
    /--server-name has two names for 10\.0\.0\.5/,
  );
});
