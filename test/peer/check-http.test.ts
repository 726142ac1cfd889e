/**
 * nginx asked by us, curl, check_http and genhash: the same verdicts, the same digest. What all targets can
 * be (up, refused, silent, late, ...) is in `check-verdicts.test.ts`; here is what HTTP alone has.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { type Host, Lan, labMissing } from "../support/netns.ts";
import { Nginx } from "../support/nginx.ts";
import { VIPKIT } from "../support/vipkit.ts";

interface Case {
  readonly name: string;
  readonly verdict: "up" | "down";
  readonly code: string; // our class
  readonly vipkit: readonly string[];
  readonly curl: readonly string[] | null; // null: it has no such thing
  readonly checkHttp: readonly string[] | null;
}

const PLUGIN = "/usr/lib/nagios/plugins/check_http";
const WEB = "http://10.0.0.1";
const TLS = "https://www.test";
const WRONG = "https://wrong.test";
const [THERE, THERE_TOO] = [
  ["--connect-to", "10.0.0.1"],
  ["--connect-to", "::10.0.0.1:"],
];
const PLAIN = ["-H", "10.0.0.1"];
const SSL = ["-H", "www.test", "-I", "10.0.0.1", "-S", "--sni"];

const same = (path: string, ...also: string[]): Pick<Case, "vipkit" | "curl" | "checkHttp"> => ({
  vipkit: [`${WEB}${path}`],
  curl: [`${WEB}${path}`],
  checkHttp: [...PLAIN, "-u", path, ...also],
});

/** @param file path of a file of the server's */
const cases = (file: (name: string) => string): readonly Case[] => [
  {
    name: "text that is there",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${WEB}/health`, "--match", "^ok:"],
    curl: null,
    checkHttp: [...PLAIN, "-u", "/health", "-r", "^ok:"],
  },
  {
    name: "text that is not",
    verdict: "down",
    code: "L7RSP",
    vipkit: [`${WEB}/health`, "--match", "bad"],
    curl: null,
    checkHttp: [...PLAIN, "-u", "/health", "-r", "bad"],
  },
  {
    name: "a size",
    verdict: "down",
    code: "L7RSP",
    vipkit: [`${WEB}/health`, "--size", "1000-"],
    curl: null,
    checkHttp: [...PLAIN, "-u", "/health", "-m", "1000:2000"],
  },
  {
    name: "a value in JSON",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${WEB}/state`, "--json-path", "nodes[0].up=true"],
    curl: null,
    checkHttp: null,
  },
  {
    name: "HTTP/1.0",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${WEB}/health`, "--http", "1.0"],
    curl: [`${WEB}/health`, "-0"],
    checkHttp: null,
  },
  {
    name: "HTTP/2 from the first byte",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${WEB}:81/health`, "--http", "2"],
    curl: [`${WEB}:81/health`, "--http2-prior-knowledge"],
    checkHttp: null,
  },
  {
    name: "HTTP/2 where there is none",
    verdict: "down",
    code: "L7RSP",
    vipkit: [`${WEB}/health`, "--http", "2"],
    curl: [`${WEB}/health`, "--http2-prior-knowledge"],
    checkHttp: null,
  },
  {
    name: "no user",
    verdict: "down",
    code: "L7STS",
    ...same("/secret"),
  },
  {
    name: "a user",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${WEB}/secret`, "--user", "me:secret"],
    curl: [`${WEB}/secret`, "-u", "me:secret"],
    checkHttp: [...PLAIN, "-u", "/secret", "-a", "me:secret"],
  },
  {
    name: "a certificate that is known, and HTTP/2 by ALPN",
    verdict: "up",
    code: "L7OK",
    vipkit: [`${TLS}/health`, ...THERE, "--ca", file("cert.pem"), "--http", "2"],
    curl: [`${TLS}/health`, ...THERE_TOO, "--cacert", file("cert.pem"), "--http2"],
    checkHttp: null,
  },
  {
    name: "a certificate for another name",
    verdict: "down",
    code: "L6RSP",
    vipkit: [`${WRONG}/health`, ...THERE, "--ca", file("cert.pem")],
    curl: [`${WRONG}/health`, ...THERE_TOO, "--cacert", file("cert.pem")],
    checkHttp: null,
  },
  {
    name: "no certificate of ours where one is wanted",
    verdict: "down",
    code: "L7STS",
    vipkit: [`${TLS}:444/health`, ...THERE, "-k"],
    curl: [`${TLS}:444/health`, ...THERE_TOO, "-k"],
    checkHttp: [...SSL, "-p", "444", "-u", "/health"],
  },
  {
    name: "a certificate of ours",
    verdict: "up",
    code: "L7OK",
    vipkit: [
      `${TLS}:444/health`,
      ...THERE,
      "-k",
      "--cert",
      file("cert.pem"),
      "--key",
      file("key.pem"),
    ],
    curl: [
      `${TLS}:444/health`,
      ...THERE_TOO,
      "-k",
      "--cert",
      file("cert.pem"),
      "--key",
      file("key.pem"),
    ],
    checkHttp: [
      ...SSL,
      "-p",
      "444",
      "-u",
      "/health",
      "-J",
      file("cert.pem"),
      "-K",
      file("key.pem"),
    ],
  },
];

const skip =
  labMissing("nginx", "curl", "genhash", "openssl") || (!existsSync(PLUGIN) && "needs check_http");

describe("web services as curl, check_http and genhash see them", { skip }, () => {
  let lan: Lan<"web" | "client">;
  let client: Host;
  let nginx: Nginx;
  before(async () => {
    lan = await Lan.open("web", "client");
    client = lan.hosts.client;
    nginx = await Nginx.start(lan.hosts.web);
  });
  after(async () => {
    await lan[Symbol.asyncDispose]();
    nginx[Symbol.dispose]();
  });

  /** @returns its exit status, and the last line that it wrote */
  async function run(...argv: string[]): Promise<{ code: number | null; last: string }> {
    const program = client.spawn(...argv);
    const { code } = await program.ended;
    return { code, last: program.lines.all.at(-1) ?? "" };
  }
  const vipkit = (...words: string[]) =>
    run(process.execPath, VIPKIT, "check", ...words, "-t", "20s");

  for (const { name } of cases((file) => file))
    test(name, async () => {
      const each = cases((file) => nginx.file(file)).find((one) => one.name === name);
      assert.ok(each);
      const exitCode = each.verdict === "up" ? 0 : 1;
      const ours = await vipkit("http", ...each.vipkit, "-j");
      assert.equal(ours.code, exitCode, ours.last);
      assert.equal(JSON.parse(ours.last).class, each.code, ours.last);
      if (each.curl !== null) {
        const code = ["-s", "-o", "/dev/null", "-w", "\\n%{http_code}"];
        const theirs = await run("curl", ...code, "-m", "20", ...each.curl);
        const isUp = theirs.code === 0 && /^2\d\d$/.test(theirs.last);
        assert.equal(isUp ? "up" : "down", each.verdict, `curl: ${theirs.code} ${theirs.last}`);
      }
      if (each.checkHttp !== null) {
        const theirs = await run(PLUGIN, "-t", "20", ...each.checkHttp);
        assert.equal(theirs.code === 0 ? "up" : "down", each.verdict, `check_http: ${theirs.last}`);
      }
    });

  test("check hash prints what genhash prints, over both versions of HTTP and over TLS", async () => {
    const [theirs = ""] =
      /[0-9a-f]{32}/.exec(
        await client.run("genhash", "-s", "10.0.0.1", "-p", "80", "-u", "/big"),
      ) ?? [];
    for (const words of [
      [`${WEB}/big`],
      [`${WEB}/big`, "--http", "1.0"],
      [`${WEB}:81/big`, "--http", "2"],
      [`${TLS}/big`, ...THERE, "-k"],
    ]) {
      const { code, last } = await vipkit("hash", ...words);
      assert.deepEqual([code, last], [0, theirs], words.join(" "));
    }
    const { code } = await vipkit("http", `${WEB}/big`, "--md5", theirs);
    assert.equal(code, 0);
  });
});
