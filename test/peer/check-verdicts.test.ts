/** `check icmp|tcp|http` beside fping, curl and the monitoring plugins: the same verdicts, the same plugin status. */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { labMissing } from "../support/netns.ts";
import { ServiceLan } from "../support/service-lan.ts";
import { httpRows, icmpRows, type Row, tcpRows, type Verdict } from "../support/verdict-table.ts";
import { VIPKIT } from "../support/vipkit.ts";

const PLUGINS = "/usr/lib/nagios/plugins";
const noPlugins = !existsSync(`${PLUGINS}/check_icmp`) && "needs monitoring-plugins-basic";
const skip = labMissing("nginx", "curl", "fping", "nft", "openssl") || noPlugins;

interface Ended {
  readonly code: number | null;
  readonly text: string;
}

describe("the same targets", { skip }, () => {
  let lan: ServiceLan;
  before(async () => {
    lan = await ServiceLan.open();
  });
  after(() => lan[Symbol.asyncDispose]());

  async function run(...argv: readonly string[]): Promise<Ended> {
    const program = lan.client.spawn(...argv);
    program.closeInput();
    const { code } = await program.ended;
    return { code, text: program.lines.all.join("\n") };
  }

  for (const row of [...icmpRows, ...tcpRows, ...httpRows])
    test(`${row.kind}: ${row.name}`, async () => {
      const ours = await run(...vipkit(row));
      assert.equal(EXIT[`${ours.code}`], row.verdict, ours.text);
      assert.match(ours.text, new RegExp(` ${row.code} `));
      const asPlugin = await run(...vipkit(row), "--nagios", ...limitsOf(row, "--warn", "--crit"));
      assert.equal(asPlugin.code, row.status, asPlugin.text);

      const plugin = await run(...pluginOf(row));
      const [status, because] = row.pluginSays ?? [row.status];
      assert.equal(plugin.code, status, because ?? plugin.text);
      if (row.verdict === "up" && (row.kind !== "icmp" || row.limits !== null))
        assert.deepEqual(headOf(asPlugin), headOf(plugin));

      if (row.other === null) return;
      const other = await run(...otherOf(row, row.other));
      const [verdict, why] = row.otherSays ?? [row.verdict];
      assert.equal(OTHER[row.kind](other.code), verdict, why ?? other.text);
    });
});

function vipkit(row: Row): string[] {
  const command = [process.execPath, VIPKIT, "check", row.kind, ...row.ours];
  return row.kind === "icmp"
    ? [...command, "-c", "4", "--interval", "20ms", "-t", `${echoLimitMs(row)}ms`]
    : [...command, "-t", `${row.limitS}s`];
}

/** One after the other they have the time that check_icmp has for all. */
const echoLimitMs = ({ limitS }: Row): number => limitS * 250;

function pluginOf(row: Row): string[] {
  const often = row.kind === "icmp" ? ["-n", "4", "-i", "20ms"] : [];
  const limits = limitsOf(row, "-w", "-c");
  return [
    `${PLUGINS}/check_${row.kind}`,
    ...row.plugin,
    ...often,
    ...limits,
    "-t",
    `${row.limitS}`,
  ];
}

const otherOf = (row: Row, words: readonly string[]): string[] =>
  row.kind === "icmp"
    ? ["fping", "-q", "-r", "0", "-c", "4", "-p", "20", "-t", `${echoLimitMs(row)}`, ...words]
    : ["curl", "-sSf", "-o", "/dev/null", "-m", `${row.limitS}`, ...words];

const limitsOf = ({ limits }: Row, ...options: readonly string[]): string[] =>
  (limits ?? []).flatMap((limit, n) => [options[n] ?? "", limit ?? ""]);

/** The words before the text, and the first of the perfdata with its limits, without its value. */
function headOf({ text }: Ended): readonly (string | undefined)[] {
  const metric = /\|(\S+)/.exec(text)?.[1];
  return [
    /^((TCP|HTTP) )?(OK|WARNING|CRITICAL)/.exec(text)?.[0],
    metric?.replace(/=[\d.]+/, "=").replace(/;$/, ""),
  ];
}

const EXIT: Readonly<Record<string, Verdict>> = { 0: "up", 1: "down", 2: "unknown" };

/** fping(8), curl(1): 2 is a name that is none, or worse; 6 a name that could not be resolved. */
const OTHER: Readonly<Record<Row["kind"], (code: number | null) => Verdict | undefined>> = {
  icmp: (code) => EXIT[`${code}`],
  tcp: () => undefined,
  http: (code) => (code === 0 ? "up" : code === 6 ? "unknown" : "down"),
};
