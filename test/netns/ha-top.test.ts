/** `ha top` on a real terminal: what it shows, and that the terminal is given back whatever ends it. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { HaUp } from "../support/ha-up.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { VIPKIT } from "../support/vipkit.ts";

const skip = labMissing("script");

const conf = Array.from(
  { length: 30 },
  (_, n) => `
vrrp_instance VI_${n} {
    interface eth0
    virtual_router_id ${n + 1}
    virtual_ipaddress {
        10.0.1.${n + 1}/24
    }
}
`,
).join("");

const SIZE = "stty rows 24 cols 80";
const [ENTERED, LEFT] = ["\x1b[?1049h", "\x1b[?25h\x1b[?1049l"];
const STATE = "stty -g | sed s/^/settings:/";

test("it is quit, resized, ended by signals; settings and screen are as before", {
  skip,
}, async () => {
  await using lan = await Lan.open("a");
  const { a } = lan.hosts;
  const ha = new HaUp(a, `global_defs {\n vrrp_version 3\n}\n${conf}`);
  for (let n = 0; n < 30; n++) await ha.becomes("BACKUP");
  const top = `${process.execPath} ${VIPKIT} ha top --name a`;
  /** What a terminal got, in which a shell ran this around `ha top`. */
  const onTerminal = async (meanwhile: string, typed: string): Promise<string> => {
    const shell = `${SIZE}; ${STATE}; (${meanwhile}) & ${top}; echo "status:$?"; ${STATE}`;
    const typing = `(sleep 4; printf "${typed}")`;
    const script = `${typing} | script -qec 'sh -c "$SESSION"' /dev/null`;
    const ran = a.spawn("env", `SESSION=${shell}`, "sh", "-c", script);
    await ran.ended;
    return ran.lines.all.join("\n");
  };
  const drawn = `until pid=$(pgrep -f "ha top --name a$" -P $$); do sleep 0.1; done; sleep 1.5`;
  const small = "stty rows 10 cols 40 < /dev/tty";
  for (const [meanwhile, typed, status] of [
    [`${drawn}; ${small}`, "Gq", 0],
    [`${drawn}; kill -TERM $pid`, "", 0],
  ] as const) {
    const text = await onTerminal(meanwhile, typed);
    const [before, after] = [...text.matchAll(/settings:(\S+)/g)].map(([, all]) => all);
    assert.ok(before !== undefined && before === after, text);
    assert.match(text, new RegExp(`status:${status}`));
    assert.ok(text.lastIndexOf(LEFT) > text.lastIndexOf(ENTERED));
    assert.match(text, /VI_0 +\S*(BACKUP|MASTER)/);
    if (typed !== "") assert.match(text, /28-30 of 30/); // as many as fit into ten lines
  }
  await ha.stop();
});
