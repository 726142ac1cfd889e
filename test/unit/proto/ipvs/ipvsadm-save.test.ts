import assert from "node:assert/strict";
import { test } from "node:test";
import { formatIpvsadmSave } from "../../../../src/proto/ipvs/ipvsadm-save.ts";
import { parseIpvsadmSave } from "../../../../src/proto/ipvs/ipvsadm-table.ts";
import { tableOf } from "../../../../src/proto/ipvs/table.ts";
import { destinationTo, serviceAt } from "../../../support/ipvs.ts";

/** Written by ipvsadm 1.31, Linux 6.1. */
const SAVED = `-A -t 224.0.0.1:80 -s rr
-A -t 10.0.0.1:80 -s wlc
-a -t 10.0.0.1:80 -r 10.1.0.1:80 -g -w 1
-a -t 10.0.0.1:80 -r 10.1.0.3:81 -m -w 0
-a -t 10.0.0.1:80 -r 10.1.0.6:80 -i -w 1 --tun-type ipip
-a -t 10.0.0.1:80 -r 10.1.0.7:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-nocsum
-a -t 10.0.0.1:80 -r 10.1.0.8:80 -i -w 1 --tun-type gue --tun-port 6080 --tun-remcsum
-a -t 10.0.0.1:80 -r 10.1.0.9:80 -i -w 1 --tun-type gre --tun-csum
-a -t 10.0.0.1:80 -r 10.1.0.20:0 -m -w 1
-a -t 10.0.0.1:80 -r 10.1.0.21:80 -g -w 2147483647
-a -t 10.0.0.1:80 -r [fd00::7]:80 -i -w 1 --tun-type ipip
-A -t 10.0.0.3:0 -s rr -p 10
-A -t 10.0.0.8:80 -s wlc -p 360 -M 0.0.0.0
-A -t 10.0.0.7:5060 -s rr -p 30 --pe sip
-A -u 10.0.0.5:80 -s rr -o
-A -u 10.0.0.6:80 -s rr -p 30 -o
-A --sctp-service 10.0.0.9:90 -s fo
-A -t [fd00::1]:80 -s rr -p 7 -M 64
-a -t [fd00::1]:80 -r 10.1.0.1:80 -i -w 1 --tun-type ipip
-A -t [::]:80 -s rr
-A -f 5 -s sh -b sh-fallback,sh-port
-a -f 5 -r 10.1.0.22:99 -g -w 1
-A -f 5 -6 -s mh -b mh-port
-a -f 5 -6 -r [fd00::9]:0 -m -w 1
-A -f 6 -s rr -b flag-1,flag-3
`;

test("what ipvsadm wrote comes out as it was", () => {
  const { target, mistakes } = parseIpvsadmSave(SAVED, "f");
  assert.deepEqual(mistakes.first, []);
  assert.equal(`${formatIpvsadmSave(target.table, true).join("\n")}\n`, SAVED);
});

test("thresholds, which ipvsadm forgets, are written where they are wanted", () => {
  const table = tableOf([
    {
      service: serviceAt("fwmark 5"),
      destinations: [
        destinationTo("10.1.0.1:80", { upperThreshold: 10, lowerThreshold: 5 }),
        destinationTo("10.1.0.2:80", { upperThreshold: 3 }),
      ],
    },
  ]);
  const lines = formatIpvsadmSave(table, true);
  assert.deepEqual(lines.slice(1), [
    "-a -f 5 -r 10.1.0.1:80 -m -w 1 -x 10 -y 5",
    "-a -f 5 -r 10.1.0.2:80 -m -w 1 -x 3",
  ]);
  const again = parseIpvsadmSave(`${lines.join("\n")}\n`, "f").target.table;
  assert.deepEqual(again, table);
  assert.equal(formatIpvsadmSave(table, false)[1], "-a -f 5 -r 10.1.0.1:80 -m -w 1");
});
