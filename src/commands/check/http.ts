/** `check http`: whether web services answer as they should. */
import { httpProber } from "../../app/check/http.ts";
import { parseHttpTargets } from "../../app/check/http-targets.ts";
import { gatherTargets } from "../../app/check/targets.ts";
import { UsageError } from "../../core/errors.ts";
import { defineCommand } from "../define.ts";
import { list } from "../option.ts";
import { wantedFamily } from "../options.ts";
import { checkManual } from "./check-manual.ts";
import { checkOptions, leaveByOf, sourceOptions } from "./check-options.ts";
import { expectationOf, httpExpectOptions } from "./http-expect-options.ts";
import { httpRequestOf, httpRequestOptions } from "./http-request-options.ts";
import { UP_OR_DOWN } from "./outcome.ts";
import { runCheck } from "./run-check.ts";

export const checkHttp = defineCommand({
  name: "check http",
  summary: "Check whether web services answer as they should",
  description: [
    "Asks each URL once and judges the answer: status, then size, digest, text and JSON of the body, then the days that its certificate is good for. Nothing is compressed, cached or kept between two checks.",
    "Redirects are answers like others unless --follow allows some; a loop is told as one. Authorization, cookies and Host go to the origin of the URL alone, not where a redirect leads.",
    "Of the body --max-body bytes are kept, for --match, --no-match and --json-path. Size and digests are of all of it, up to --limit; a longer one is down. --match is a regular expression of JavaScript, given half a second at most.",
    "HTTP/2 is agreed upon in TLS (ALPN); over http:// it is spoken from the first byte (prior knowledge).",
    "With --cert-days the last answer must come over TLS.",
    "In JSON the facts are status, http_version, bytes, with TLS what check tcp tells of it, md5 and sha256 where asked for, redirects and url where some were followed.",
  ],
  manual: checkManual,
  positionals: { targets: list({ value: "URL", describe: "http or https URL to ask" }, String) },
  options: { ...checkOptions, ...sourceOptions, ...httpRequestOptions, ...httpExpectOptions },
  examples: [
    ["check http http://192.0.2.5/health --match ^ok", "Status 2xx, and a body that begins so"],
    [
      "check http https://www.example.com/ --connect-to 192.0.2.5 --cert-days 14",
      "One server of many, by the name of all",
    ],
    [
      "check http http://192.0.2.5:9200/_cluster/health --json-path status=green",
      "A value in the answer",
    ],
  ],
  exitStatus: UP_OR_DOWN,
  async run(args, ctx) {
    const { targets: words, file, "max-body": keepBytes } = args;
    const targets = await gatherTargets(words, file, parseHttpTargets, ctx.ports.files, ctx.signal);
    const request = await httpRequestOf(args, ctx);
    const expected = expectationOf(args);
    const digests = { md5: false, sha256: false };
    const leave = { ...leaveByOf(args), family: wantedFamily(args) };
    const plan = { ...request, ...leave, keepBytes, expected, digests };
    const prober = httpProber(plan, ctx.ports);
    const plain = targets.find(({ scheme }) => scheme === "http");
    if (args["cert-days"] !== undefined && args.follow === 0 && plain !== undefined)
      throw new UsageError(`--cert-days: ${prober.nameOf(plain)} has no certificate`);
    const tls = targets.some(({ scheme }) => scheme === "https");
    await ctx.ports.loadHttp({ tls, version: request.version });
    return await runCheck("http", targets, prober, args, ctx);
  },
});
