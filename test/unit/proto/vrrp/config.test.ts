import assert from "node:assert/strict";
import { test } from "node:test";
import { type IpBytes, parseIp } from "../../../../src/core/addr.ts";
import { type VrrpSettings, vrrpProblems } from "../../../../src/proto/vrrp/config.ts";
import { vrrpConfig } from "../../../support/vrrp.ts";

const ip = (text: string): IpBytes => parseIp(text) as IpBytes;
const count = (n: number): IpBytes[] => Array.from({ length: n }, (_, i) => ip(`10.0.0.${i}`));
const count6 = (n: number): IpBytes[] => Array.from({ length: n }, (_, i) => ip(`fd00::${i}`));

function problems(changes: Partial<VrrpSettings>): string[] {
  const addresses = [ip("10.0.0.100")];
  const rest = { authPass: null, hmac: false, mtuBytes: 1500 };
  return vrrpProblems({ ...vrrpConfig(), addresses, ...rest, ...changes });
}
const refuses = (changes: Partial<VrrpSettings>, about: RegExp): void => {
  const [problem, ...more] = problems(changes);
  assert.deepEqual(more, []);
  assert.match(problem ?? "", about);
};
const accepts = (changes: Partial<VrrpSettings>): void => assert.deepEqual(problems(changes), []);

test("the defaults are well", () => {
  accepts({});
  accepts({ mtuBytes: null });
});

test("VRID and priority have their ranges", () => {
  for (const value of [0, 256, 1.5, Number.NaN]) {
    refuses({ vrid: value }, /VRID/);
    refuses({ priority: value }, /priority/);
  }
  accepts({ vrid: 255, priority: 255 });
  accepts({ vrid: 1, priority: 1 });
});

test("the trailer takes its room in the advert, and does not go with a password", () => {
  accepts({ addresses: count(20), mtuBytes: 20 + 8 + 20 * 4 });
  refuses({ addresses: count(20), mtuBytes: 20 + 8 + 20 * 4 + 27, hmac: true }, /at most 19/);
  accepts({ addresses: count(20), mtuBytes: 20 + 8 + 20 * 4 + 28, hmac: true });
  refuses({ version: 2, authPass: "x", hmac: true }, /a password and HMAC keys/);
});

test("version 3 takes 10ms to 40.95s in steps of 10ms, nothing is rounded", () => {
  for (const adverIntervalMs of [10, 290, 40_950]) accepts({ adverIntervalMs });
  for (const adverIntervalMs of [0, 5, 15, 10.5, 40_960, Number.NaN]) {
    refuses({ adverIntervalMs }, /version 3: 0.01s to 40.95s in steps of 0.01s/);
  }
});

test("version 2 takes whole seconds from 1 to 255, nothing is rounded", () => {
  for (const adverIntervalMs of [1000, 255_000]) accepts({ version: 2, adverIntervalMs });
  for (const adverIntervalMs of [0, 400, 1500, 256_000]) {
    refuses({ version: 2, adverIntervalMs }, /version 2: 1s to 4m15s in steps of 1s/);
  }
});

test("a lease has whole seconds and outlives the pause between two adverts", () => {
  for (const leaseS of [0, 1.5, 86_401]) refuses({ leaseS }, /not within 1\.\.86400 whole seconds/);
  refuses({ leaseS: 2, adverIntervalMs: 2000 }, /lease of 2s ends before the next advert .* 2s/);
  accepts({ leaseS: 3, adverIntervalMs: 2000 });
});

test("the virtual addresses are of one family, which version 2 limits to IPv4", () => {
  refuses({ addresses: [] }, /no virtual address/);
  refuses({ addresses: [ip("10.0.0.1"), ip("fd00::1")] }, /IPv4 and IPv6/);
  refuses({ version: 2, addresses: [ip("fd00::1")] }, /IPv6 needs VRRP version 3/);
  accepts({ addresses: [ip("fd00::1"), ip("fd00::2")] });
});

test("the addresses must fit in one packet and in the count of one byte", () => {
  accepts({ addresses: count(255), mtuBytes: 1500 });
  refuses({ addresses: [...count(255), ip("10.1.0.0")], mtuBytes: 9000 }, /at most 255/);
  // 20 bytes of IPv4, 8 of VRRP, in version 2 another 8 of authentication, 4 for each address.
  accepts({ addresses: count(18), mtuBytes: 100 });
  refuses({ addresses: count(19), mtuBytes: 100 }, /at most 18/);
  accepts({ version: 2, addresses: count(16), mtuBytes: 100 });
  refuses({ version: 2, addresses: count(17), mtuBytes: 100 }, /at most 16/);
  // 40 bytes of IPv6, 8 of VRRP, 16 for each address.
  accepts({ addresses: count6(90), mtuBytes: 1500 });
  refuses({ addresses: count6(91), mtuBytes: 1500 }, /at most 90/);
});

test("a password is of version 2 and has 1 to 8 bytes", () => {
  accepts({ version: 2, authPass: "12345678" });
  refuses({ version: 2, authPass: "123456789" }, /9 bytes/);
  refuses({ version: 2, authPass: "passwörd" }, /9 bytes/);
  refuses({ version: 2, authPass: "" }, /0 bytes/);
  refuses({ version: 3, authPass: "secret" }, /no password/);
});

test("settings that contradict each other are refused", () => {
  refuses({ preempt: false, preemptDelayMs: 1000 }, /without preemption/);
  refuses({ preempt: false, priority: 255 }, /always preempts/);
  refuses({ preemptDelayMs: 1000, priority: 255 }, /always preempts, at once/);
});

test("a master is dead after 1 to 100 missing adverts", () => {
  for (const downAdverts of [0, 101, 1.5]) refuses({ downAdverts }, /adverts are not within/);
  accepts({ downAdverts: 1 });
  accepts({ downAdverts: 100 });
});

test("only an owner may ignore adverts, and then it has nobody to yield to", () => {
  refuses({ ownerIgnoresAdverts: true }, /priority 255/);
  accepts({ ownerIgnoresAdverts: true, priority: 255 });
  refuses({ ownerIgnoresAdverts: true, priority: 255, advertisesOnYield: true }, /yields to none/);
});

test("a burst has 1 to 100 announcements, delays are durations", () => {
  for (const garpRepeat of [0, 101, 1.5]) refuses({ garpRepeat }, /announcements/);
  for (const garpDelayMs of [-1, Number.NaN]) refuses({ garpDelayMs }, /no duration/);
  refuses({ startupDelayMs: -1 }, /no duration/);
  accepts({ garpRepeat: 1, garpDelayMs: 0, garpRefreshMs: 0 });
});

test("announcements are not refreshed so often that they flood the LAN", () => {
  for (const garpRefreshMs of [1, 999])
    refuses({ garpRefreshMs }, /floods the LAN: 1s or more, or/);
  for (const garpRefreshMs of [0, 1000]) accepts({ garpRefreshMs });
});

test("every problem is told, not only the first", () => {
  assert.equal(problems({ vrid: 0, priority: 0, adverIntervalMs: 5, addresses: [] }).length, 4);
});
