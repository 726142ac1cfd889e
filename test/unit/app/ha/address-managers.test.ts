/** Who has the links of a host in hand, by what its daemons wrote and are told, in trees of real files. */
import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { addressManagers } from "../../../../src/app/ha/address-managers.ts";
import { configurationFiles } from "../../../../src/io/configuration-files.ts";

/** As systemd 252 writes it of a link that it configures. */
const LINK = `# This is private data. Do not parse.
ADMIN_STATE=configured
OPER_STATE=routable
ACTIVATION_POLICY=up
NETWORK_FILE=/run/systemd/network/10-eth0.network
DNS=
`;
const PLAIN = "[Match]\nName=eth0\n\n[Network]\nDHCP=yes\n";
const DROP_IN = "systemd/network/10-eth0.network.d";
const UUID = "connection-uuid=9e6b3a3e-0000-4000-8000-000000000001";

async function found(
  texts: Readonly<Record<string, string>>,
  running: readonly string[] = ["systemd-network"],
) {
  const root = mkdtempSync(join(tmpdir(), "vipkit-managers-"));
  try {
    for (const [path, text] of Object.entries(texts)) {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      writeFileSync(join(root, path), text);
    }
    const findProcesses = async (names: readonly string[]) =>
      running.filter((name) => names.includes(name)).map((name) => ({ pid: 1, name }));
    const managers = await addressManagers({ configurationFiles, findProcesses }, root);
    const { networkd } = managers;
    return { networkd, manager: managers.managerOf({ ifIndex: 2 }) };
  } finally {
    rmSync(root, { recursive: true });
  }
}

const keeps = async (texts: Readonly<Record<string, string>>): Promise<boolean | undefined> => {
  const own = { "/run/systemd/netif/links/2": LINK, "/run/systemd/network/10-eth0.network": PLAIN };
  return (await found({ ...own, ...texts })).manager?.keepsAddresses;
};

test("a link of systemd-networkd has its file; addresses are kept where the file says so", async () => {
  const file = "/run/systemd/network/10-eth0.network";
  const { manager } = await found({ "/run/systemd/netif/links/2": LINK, [file]: PLAIN });
  assert.deepEqual(manager, { daemon: "systemd-networkd", file, keepsAddresses: false });
  for (const [value, expected] of [
    ["static", true],
    ["yes", true],
    ["True", true],
    ["dhcp", false],
    ["no", false],
  ] as const) {
    assert.equal(
      await keeps({ [file]: `${PLAIN}KeepConfiguration = ${value}\n` }),
      expected,
      value,
    );
  }
  assert.equal(await keeps({ [file]: `${PLAIN}#KeepConfiguration=yes\n` }), false);
  assert.equal(await keeps({ [file]: `${PLAIN}[Route]\nKeepConfiguration=yes\n` }), false);
});

test("drop-ins count on top in the order of their names; /etc hides the same name elsewhere", async () => {
  const [yes, no] = ["[Network]\nKeepConfiguration=static\n", "[Network]\nKeepConfiguration=no\n"];
  assert.equal(await keeps({ [`/usr/lib/${DROP_IN}/a.conf`]: yes }), true);
  assert.equal(
    await keeps({ [`/etc/${DROP_IN}/a.conf`]: yes, [`/run/${DROP_IN}/b.conf`]: no }),
    false,
  );
  assert.equal(
    await keeps({ [`/etc/${DROP_IN}/a.conf`]: yes, [`/run/${DROP_IN}/a.conf`]: no }),
    true,
  );
  assert.equal(await keeps({ [`/etc/${DROP_IN}/a.txt`]: yes }), false);
});

test("what a daemon wrote counts while it runs", async () => {
  const texts = { "/run/systemd/netif/links/2": LINK };
  assert.deepEqual(await found(texts, []), { networkd: null, manager: null });
  const unmanaged = LINK.replace("configured", "unmanaged");
  assert.equal((await found({ "/run/systemd/netif/links/2": unmanaged })).manager, null);
  assert.equal((await found({})).manager, null);
});

test("a device of NetworkManager is one that it manages by a profile", async () => {
  const of = async (text: string) =>
    (await found({ "/run/NetworkManager/devices/2": text }, ["NetworkManager"])).manager;
  const own = { daemon: "NetworkManager", file: null, keepsAddresses: false };
  assert.deepEqual(await of(`[device]\nmanaged=true\n${UUID}\n`), own);
  assert.equal(await of("[device]\nmanaged=true\n"), null);
  assert.equal(await of(`[device]\nmanaged=false\n${UUID}\n`), null);
});

test("routes and rules are dropped unless networkd.conf says otherwise", async () => {
  const of = async (texts: Readonly<Record<string, string>>) => (await found(texts)).networkd;
  const main = "/etc/systemd/networkd.conf";
  assert.deepEqual(await of({}), { dropsRoutes: true, dropsRules: true });
  const kept = { dropsRoutes: false, dropsRules: true };
  assert.deepEqual(await of({ [main]: "[Network]\nManageForeignRoutes=no\n" }), kept);
  const rules = "[Network]\nManageForeignRoutingPolicyRules=off\n";
  assert.deepEqual(await of({ [`${main}.d/a.conf`]: rules }), {
    dropsRoutes: true,
    dropsRules: false,
  });
});
