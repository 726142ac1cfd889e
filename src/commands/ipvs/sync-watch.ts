/** `ipvs sync --watch`: goes on until a signal, and tells what it does as lines or NDJSON. */
import { type Drift, IpvsKeeper, type SyncOutcome } from "../../app/ipvs/keep.ts";
import { ipvsStepRecord } from "../../app/ipvs/step-record.ts";
import type { FileSync } from "../../app/ipvs/sync-file.ts";
import { readWanted, type Wanted } from "../../app/ipvs/wanted-file.ts";
import { SystemError, UsageError } from "../../core/errors.ts";
import { formatJson } from "../../core/json.ts";
import type { Context } from "../define.ts";
import { ExitCode } from "../exit-code.ts";
import type { ArgsOf } from "../option.ts";
import { reasonOf } from "../report.ts";
import { type fileOptions, wantedFile } from "./file-options.ts";
import { outcomeRecord, tellOutcome } from "./sync-report.ts";

interface WatchArgs extends ArgsOf<typeof fileOptions> {
  readonly interval: number; // ms
  readonly json: boolean;
  readonly quiet: boolean;
}

/** @throws SystemError where another process keeps the same file, and whatever keeps it from being made so once */
export async function watchFileSync(
  sync: FileSync,
  args: WatchArgs,
  ctx: Context,
): Promise<number> {
  const { ports, signal } = ctx;
  const claim = ports.claimName(`ipvs/${ports.configurationFiles.placeOf(args.file)}`);
  if (claim === undefined)
    throw new SystemError(
      "ipvs sync",
      args.file,
      "EBUSY",
      "another --watch keeps IPVS by this file",
    );
  let wanted: Wanted | undefined;
  const read = async (): Promise<Wanted> => {
    const before = wanted;
    wanted = await readWanted(wantedFile(args, ctx), ports, signal);
    const { notes } = wanted;
    const news = args.quiet ? [] : notes.filter((note) => !before?.notes.includes(note));
    for (const note of news) ctx.stderr(`note: ${note}`);
    return wanted;
  };
  const keeper = new IpvsKeeper(
    args.interval,
    ports,
    { read, sync: (target) => sync.make(target) },
    teller(() => wanted, args, ctx),
  );
  ctx.onReload(() => keeper.readAgain());
  try {
    await keeper.start();
    await ended(signal);
  } finally {
    keeper.close();
    claim.close();
  }
  return ExitCode.ok;
}

function teller(target: () => Wanted | undefined, args: WatchArgs, ctx: Context) {
  const { quiet } = args;
  const json = args.json && !quiet;
  let trouble = "";
  const tell = (event: string, more: object): void => {
    const time = new Date(ctx.ports.clock.wallMs()).toISOString();
    ctx.stdout(formatJson({ event, time, ...more }));
  };
  const made = (outcome: SyncOutcome): void => {
    trouble = "";
    const wanted = target();
    if (wanted === undefined) return;
    if (json) tell("synced", outcomeRecord(outcome, wanted.target));
    else tellOutcome(outcome, wanted.target, { json, quiet }, ctx);
  };
  return {
    onSynced: made,
    onDrift: (drifts: readonly Drift[], outcome: SyncOutcome): void => {
      for (const { subject, deed, times, step } of drifts) {
        if (json) tell("drift", { subject, deed, times, step: ipvsStepRecord(step) });
        else if (!quiet) ctx.stderr(`${subject} ${deed} by another process (${times}x): put back`);
      }
      if (outcome.refused.length > 0) made(outcome);
    },
    onTrouble: (error: unknown): void => {
      if (!(error instanceof SystemError || error instanceof UsageError)) throw error;
      const text = reasonOf(error);
      if (text === trouble) return; // it is tried again and again
      trouble = text;
      if (json) tell("trouble", { message: text });
      else ctx.stderr(`vipkit ipvs sync: ${text}`);
    },
  };
}

const ended = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
