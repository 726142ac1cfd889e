import assert from "node:assert/strict";
import { test } from "node:test";
import { formatOf } from "../../../../src/app/ipvs/target-format.ts";

test("the first word behind comments tells the format", () => {
  for (const [text, format] of [
    ["-A -t 192.0.2.1:80 -s wlc\n", "ipvsadm"],
    ["# saved\n\n  ipvsadm -A -t 192.0.2.1:80\n", "ipvsadm"],
    ["--add-service --tcp-service 192.0.2.1:80", "ipvsadm"],
    ["# ours\nservices:\n", "yaml"],
    ["---\nservices: []", "yaml"],
    ["'services': []", "yaml"],
    ["- a list", "yaml"],
    ['\r\n {"services": []}', "json"],
    ["! keepalived\nvirtual_server 192.0.2.1 80 {\n", "keepalived"],
    ["global_defs {\n", "keepalived"],
    ["include conf.d/*.conf", "keepalived"],
    ["", null],
    ["\n# nothing\n  ! at all\n \t", null],
  ] as const)
    assert.equal(formatOf(text), format, text);
});
