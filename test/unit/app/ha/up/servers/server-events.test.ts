import assert from "node:assert/strict";
import { test } from "node:test";
import {
  checkKey,
  forgetUnplanned,
  type ServerNews,
} from "../../../../../../src/app/ha/up/servers/server-events.ts";
import { VirtualServers } from "../../../../../../src/app/ha/up/servers/virtual-servers.ts";
import type { CheckStanding } from "../../../../../../src/proto/lvs/virtual-server.ts";
import { FakePorts } from "../../../../../support/fake-ports.ts";
import {
  lvsPlan,
  NO_CARE,
  plannedCheck,
  plannedServer,
  plannedService,
} from "../../../../../support/lvs-plan.ts";

const [STAYS, GOES] = ["stays", "goes"].map((key) =>
  plannedService({ key, servers: [plannedServer(81), plannedServer(82)] }),
) as [ReturnType<typeof plannedService>, ReturnType<typeof plannedService>];
const keyOf = (service: typeof STAYS, port: number): string =>
  checkKey(service, plannedServer(port), plannedCheck());

test("what is in a plan no more is known no more, a server as a service", () => {
  const up: CheckStanding = { state: "up", points: 0 };
  const keys = [STAYS, GOES].flatMap((one) => [keyOf(one, 81), keyOf(one, 82)]);
  const known = {
    checks: new Map(keys.map((key) => [key, up])),
    quorums: new Map([STAYS, GOES].map(({ key }) => [key, true])),
  };
  const forgotten = forgetUnplanned(known, lvsPlan([{ ...STAYS, servers: [plannedServer(81)] }]));
  assert.deepEqual(forgotten, ["goes", keyOf(STAYS, 82), keyOf(GOES, 81), keyOf(GOES, 82)]);
  assert.deepEqual(
    [[...known.checks.keys()], [...known.quorums.keys()]],
    [[keyOf(STAYS, 81)], ["stays"]],
  );
});

test("who keeps it for a process that follows is told, and not of what it never heard of", async () => {
  const ports = new FakePorts();
  const news: ServerNews[] = [];
  const servers = new VirtualServers(ports, () => 0, NO_CARE, {
    channels: () => undefined,
    onNews: (one) => void news.push(one),
    onTrouble: (text) => assert.fail(text),
  });
  const nothing = { checks: new Map(), quorums: new Map() };
  servers.apply(lvsPlan([STAYS, GOES]), nothing);
  servers.apply(lvsPlan([STAYS]), nothing);
  await ports.clock.pass(0);
  assert.deepEqual(news[0]?.forgotten, ["goes"]);
  assert.deepEqual([...(news[0]?.known.quorums.keys() ?? [])], ["stays"]);
  servers.close();
});
