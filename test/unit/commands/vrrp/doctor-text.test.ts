import assert from "node:assert/strict";
import { test } from "node:test";
import { wayLines } from "../../../../src/commands/vrrp/doctor-text.ts";

test("a way tells what came, what the firewall took, what is not known and what was not tried", () => {
  const out = { sent: 10, received: 4, at_interface: 10 };
  const nothing = { sent: 0, received: 0, at_interface: 0 };
  const matrix = {
    peer: "10.0.0.2",
    multicast: { us_to_peer: out, peer_to_us: { sent: 5, received: 5, at_interface: 5 } },
    unicast: {
      us_to_peer: { ...out, received: null },
      peer_to_us: nothing,
    },
  };
  assert.deepEqual(wayLines(matrix), [
    "      multicast  us -> peer 4/10 (10 at the interface)   peer -> us 5/5",
    "      unicast    us -> peer unknown   peer -> us not tried",
  ]);
});
