/** `ha show`: each value with where it comes from, as text and as JSON. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInProcess } from "../../../support/cli.ts";
import { FakeConfigurationFiles } from "../../../support/fake-configuration-files.ts";
import { FakePorts } from "../../../support/fake-ports.ts";

const CONF = `global_defs {
    vrrp_version 3
}
vrrp_script chk {
    script "/bin/check web"
    weight -60
}
vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 51
    advert_int 0.333
    priority 150
    nopreempt
    virtual_ipaddress {
        192.0.2.10/24 label eth0:1
    }
    track_script {
        chk
    }
}
`;

const show = async (text: string, ...words: string[]) => await showOf({}, text, ...words);

async function showOf(others: Readonly<Record<string, string>>, text: string, ...words: string[]) {
  const ports = new FakePorts();
  ports.files.contents.set("-", new TextEncoder().encode(text));
  const configurationFiles = new FakeConfigurationFiles({
    ...others,
    "a.conf": text,
    "/etc/keepalived/keepalived.conf": text,
  });
  return await runInProcess(["ha", "show", ...words], {
    ports: Object.assign(ports, { configurationFiles }),
  });
}

test("each value has its origin", async () => {
  const { stdout } = await show(CONF.replace("nopreempt", ""), "a.conf");
  const lines = stdout.split("\n").map((line) => line.trim().replace(/ +# /, " # "));
  for (const line of [
    "vrrp_version 3 # a.conf:2",
    'script "/bin/check web" # a.conf:5',
    "timeout 1 # default",
    "weight -60 # a.conf:6",
    "version 3 # inherited from global_defs, a.conf:2",
    "advert_int 0.33 # corrected by vk316, a.conf:12, was 0.333",
    "priority 150 # a.conf:13",
    "preempt # default",
    "down_timer_adverts 3 # default",
    "192.0.2.10/24 dev eth0 label eth0:1 # a.conf:16",
    "chk weight -60 # inherited from vrrp_script chk, a.conf:6",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${stdout}`);
  }
});

const SERVERS = `global_defs {
    umask 022
}
virtual_server_group web {
    192.0.2.10-12 80
    fwmark 7 inet
}
virtual_server group web {
    delay_loop 5
    lvs_sched wrr
    lvs_method TUN type gue port 6080
    protocol TCP
    ops
    quorum 9
    sorry_server 10.0.0.9 80
    real_server 10.0.0.1 80 {
        weight 3
        lvs_method NAT
        HTTP_GET {
            url {
                path /
                status_code 200 300-301
                regex "a\\\\.b"
            }
        }
    }
    real_server 10.0.0.2 81 {
        UDP_CHECK {
            payload 1 2
            require_reply x1 ff
        }
    }
}
`;

test("virtual servers are shown with their real servers and checks", async () => {
  const { stdout } = await show(SERVERS, "a.conf");
  const lines = stdout.split("\n").map((line) => line.trim().replace(/ +# /, " # "));
  for (const line of [
    "umask 022 # a.conf:2",
    "virtual_server_group web { # a.conf:4",
    "192.0.2.10-192.0.2.12 80 # a.conf:5",
    "fwmark 7 inet # a.conf:6",
    "virtual_server group web { # a.conf:8",
    "ip_family inet # inherited from real_server 10.0.0.1, a.conf:16",
    "lvs_method TUN type gue port 6080 nocsum # a.conf:11",
    "quorum 4 # corrected by vk517, a.conf:14, was 9",
    "sorry_server 10.0.0.9 # corrected by vk520, a.conf:15, was 10.0.0.9 80",
    "real_server 10.0.0.1 80 { # a.conf:16",
    "delay_loop 5 # inherited from virtual_server group web, a.conf:9",
    "status_code 200 300-301 # a.conf:22",
    'regex "a\\\\.b" # a.conf:23',
    "real_server 10.0.0.2 { # corrected by vk520, a.conf:27, was 10.0.0.2 81",
    "connect_ip 10.0.0.2 # inherited from real_server 10.0.0.2, a.conf:27",
    "payload 0102 # a.conf:29",
    "require_reply x1ff # a.conf:30",
  ]) {
    assert.ok(lines.includes(line), `${line}\n${stdout}`);
  }
  assert.ok(lines.includes("# no ops # corrected by vk522, a.conf:13"), stdout);
});

test("without defaults there is only what is written or corrected", async () => {
  const { stdout } = await show(SERVERS, "--no-defaults", "a.conf");
  assert.doesNotMatch(stdout, /default|inherited/);
  const words = stdout.split("\n").map((line) => line.replace(/(\S) +# .*/, "$1"));
  assert.deepEqual(words.slice(words.indexOf("virtual_server group web {") + 1), [
    ...["    lvs_sched wrr", "    # no ops", "    lvs_method TUN type gue port 6080 nocsum"],
    ...["    protocol TCP", "    quorum 4", "    delay_loop 5", "    sorry_server 10.0.0.9"],
    ...["    real_server 10.0.0.1 80 {", "        weight 3", "        lvs_method NAT"],
    ...["        HTTP_GET {", "            url {", "                path /"],
    ...["                status_code 200 300-301", '                regex "a\\\\.b"'],
    ...["            }", "        }", "    }", "    real_server 10.0.0.2 {", "        UDP_CHECK {"],
    "            connect_port 81",
    ...[
      "            payload 0102",
      "            require_reply x1ff",
      "        }",
      "    }",
      "}",
      "",
    ],
  ]);
});

test("the same as JSON", async () => {
  const { stdout } = await show(CONF, "-j", "a.conf");
  const { blocks, errors } = JSON.parse(stdout);
  assert.equal(typeof errors, "number");
  assert.deepEqual(
    blocks.flatMap(({ block, name }: { block?: string; name: string }) =>
      block === undefined ? [] : [[block, name]],
    ),
    [
      ["global_defs", null],
      ["vrrp_script", "chk"],
      ["vrrp_instance", "VI_1"],
    ],
  );
  const lines: { keyword: string; block: string; lines: unknown[] }[] = blocks.at(-1).lines;
  const nothing = { file: null, line: null, column: null, from: null, code: null, was: null };
  const where = { ...nothing, file: "a.conf" };
  const line = (keyword: string) => lines.find((one) => one.keyword === keyword);
  assert.deepEqual(line("priority"), {
    ...{ keyword: "priority", value: "150", origin: "written" },
    ...{ ...where, line: 13, column: 14 },
  });
  assert.deepEqual(line("preempt"), {
    ...{ keyword: "preempt", value: "", origin: "corrected" },
    ...{ ...where, line: 14, column: 5, code: "vk312" },
  });
  assert.deepEqual(line("down_timer_adverts"), {
    ...{ keyword: "down_timer_adverts", value: "3", origin: "default" },
    ...nothing,
  });
  const addresses = lines.find((one) => one.block === "virtual_ipaddress");
  assert.deepEqual(addresses?.lines, [
    {
      ...{ keyword: null, value: "192.0.2.10/24 dev eth0 label eth0:1", origin: "written" },
      ...{ ...where, line: 16, column: 9 },
    },
  ]);
});

test("without FILE it is that of keepalived; - is standard input; errors are counted", async () => {
  assert.match((await show(CONF)).stdout, /\/etc\/keepalived\/keepalived\.conf:13/);
  assert.match((await show(CONF, "-")).stdout, /<stdin>:13/);
  const clean = CONF.replace("0.333", "0.33").replace("nopreempt", "");
  assert.deepEqual([(await show(clean)).exitCode, (await show(clean)).stderr], [0, ""]);
  const broken = await show(CONF.replace("interface eth0", "interfce eth0"), "a.conf");
  assert.equal(broken.exitCode, 1);
  assert.match(broken.stderr, /^errors: \d; vipkit ha check tells them$/m);
  assert.match(broken.stdout, /priority 150/);
  assert.equal((await show(CONF, "nope.conf")).exitCode, 2);
});

test("what is included and not there is told of; what may not be read makes it an unknown", async () => {
  const text = `include s.conf\n${CONF}`;
  const path = "/etc/keepalived/keepalived.conf";
  const without = await showOf({}, text);
  const told = `${path}:1:9: 's.conf' matches no file: shown without it\n`;
  assert.ok(without.stderr.startsWith(told), without.stderr);
  const secret = await showOf({ "/etc/keepalived/s.conf": "!EACCES" }, text);
  assert.equal(secret.exitCode, 2);
  assert.match(secret.stderr, /^vipkit ha show: read .*s\.conf: permission denied/);
  assert.match(secret.stdout, /priority 150/);
});
