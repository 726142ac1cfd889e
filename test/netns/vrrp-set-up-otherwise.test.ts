/** A peer that is set up otherwise is told by each side that hears it, without -v, with both settings. */
import { test } from "node:test";
import { KEY_LINES, KeyFile } from "../support/key-file.ts";
import { Lan, labMissing } from "../support/netns.ts";
import { FAST_ROUTERS, startPair, startRouter } from "../support/router.ts";

const skip = labMissing();
const router = FAST_ROUTERS.IPv4;

test("a router without keys says of a signed advert that it is signed", { skip }, async () => {
  using keys = new KeyFile(KEY_LINES.old);
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const plain = startRouter("vipkit", a, { ...router, priority: 100 });
  await plain.becomes("MASTER");
  const more = ["--key-file", keys.path];
  startRouter("vipkit", b, { ...router, priority: 200, more });
  const text = "reason=hmac-unexpected source=10\\.0\\.0\\.2 heard=signed ours=no keys";
  await plain.program.lines.next(new RegExp(text));
});

test("a router that is not among the peers is told, and who they are", { skip }, async () => {
  await using lan = await Lan.open("a", "b", "c");
  const { a, b, c } = lan.hosts;
  const unicast = (source: string, ...peers: string[]) => ({ unicast: { source, peers } });
  const ours = startRouter("vipkit", a, {
    ...router,
    priority: 100,
    ...unicast(a.ipv4, b.ipv4),
  });
  await ours.becomes("MASTER");
  startRouter("vipkit", c, { ...router, priority: 200, ...unicast(c.ipv4, a.ipv4) });
  const values = "heard=unicast to 10\\.0\\.0\\.1 ours=peers 10\\.0\\.0\\.2";
  await ours.program.lines.next(new RegExp(`reason=not-a-peer source=10\\.0\\.0\\.3 ${values}`));
});

test("routers with other lists of addresses tell what the other one has beyond", {
  skip,
}, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const { backup } = await startPair(
    [a, b],
    { ...router, moreVips: ["10.0.0.101/24"] },
    { ...router, moreVips: ["10.0.0.102/24"], more: ["--force"] },
  );
  const values = "heard=\\+10\\.0\\.0\\.101 ours=\\+10\\.0\\.0\\.102";
  await backup.program.lines.next(
    new RegExp(`reason=address-list-differs source=10\\.0\\.0\\.1 ${values}`),
  );
});

test("a master tells of a second one that sends to another group", { skip }, async () => {
  await using lan = await Lan.open("a", "b");
  const { a, b } = lan.hosts;
  const ours = startRouter("vipkit", a, { ...router, priority: 200 });
  await ours.becomes("MASTER");
  const more = ["--group", "224.0.0.99"];
  startRouter("vipkit", b, { ...router, priority: 100, more });
  await ours.program.lines.next(/10\.0\.0\.2 sends .* VRID 51 to group 224\.0\.0\.99 and we to/);
});
