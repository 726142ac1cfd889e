/** `check hash`: the digest of a page, to put into a configuration; genhash of keepalived does the same. */
import { digestOf, parseHttpUrl } from "../../app/check/http-digest.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import { printable } from "../../core/printable.ts";
import { defineCommand } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import { choice, duration, value } from "../option.ts";
import { familyOptions, jsonOption, quietOption, wantedFamily } from "../options.ts";
import { accepted } from "./accepted.ts";
import { leaveByOf, sourceOptions } from "./check-options.ts";
import { statusOption } from "./http-expect-options.ts";
import { httpRequestOf, httpRequestOptions } from "./http-request-options.ts";

export const checkHash = defineCommand({
  name: "check hash",
  summary: "Print the digest of a page, for check http",
  description: [
    "Asks the URL once and prints the digest of the whole body, for check http --md5 and --sha256, and for digest of HTTP_GET in keepalived.conf.",
    "MD5 is that of genhash for the same body. What is sent in chunks is digested without their frames.",
    "In JSON: type, url, md5, sha256, bytes, status.",
  ],
  positionals: {
    url: value({ value: "URL", required: true, describe: "http or https URL to ask" }, (text) =>
      accepted(parseHttpUrl(text)),
    ),
  },
  options: {
    algorithm: choice(["md5", "sha256"], {
      short: "a",
      default: "md5",
      describe: "Digest to print",
    }),
    timeout: duration({ short: "t", default: "3s", describe: "Of all of it" }),
    ...statusOption,
    ...familyOptions,
    ...jsonOption,
    ...quietOption,
    ...sourceOptions,
    ...httpRequestOptions,
  },
  examples: [
    ["check hash http://192.0.2.5/health", "Its MD5, as genhash prints it"],
    [
      "check hash https://www.example.com/ -a sha256 --connect-to 192.0.2.5",
      "SHA-256, of one server",
    ],
    ["check hash http://192.0.2.5/ -j", "Both, as JSON"],
  ],
  exitStatus: {
    0: "The digest was printed.",
    1: "The service gave no such answer.",
    2: "Could not find out.",
  },
  async run(args, ctx) {
    const { url, timeout, algorithm, json, quiet } = args;
    if (timeout === 0) throw new UsageError("--timeout 0s: nothing could answer");
    const plan = {
      ...(await httpRequestOf(args, ctx)),
      ...leaveByOf(args),
      family: wantedFamily(args),
      statuses: args.status,
      digests: { md5: json || algorithm === "md5", sha256: json || algorithm === "sha256" },
    };
    await ctx.ports.loadHttp({ tls: url.scheme === "https", version: plan.version });
    const result = await digestOf(url, plan, timeout, ctx.ports, ctx.signal);
    const { verdict, detail, class: code, facts } = result;
    const { scheme, authority, path } = url;
    const name = `${scheme}://${authority}${path}`;
    if (verdict === "unknown") throw new SystemError("ask", name, code, detail);
    if (verdict === "down") {
      if (!quiet) ctx.stderr(printable(`${name} gives no digest: ${code} ${detail}`));
      return ExitCode.negative;
    }
    const { md5 = null, sha256 = null, bytes = null, status = null } = facts;
    if (json) ctx.stdout(formatJson({ type: "hash", url: name, md5, sha256, bytes, status }));
    else if (!quiet) ctx.stdout(`${algorithm === "md5" ? md5 : sha256}`);
    return ExitCode.ok;
  },
});
