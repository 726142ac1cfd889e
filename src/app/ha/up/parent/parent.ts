/** The life of `ha up`: one on this host, its children, and whoever looks at it or steers it. */
import { SystemError } from "../../../../core/errors.ts";
import type { Clock, Closable, Ports } from "../../../../io/ports.ts";
import type { ChildLimits } from "../../../../proto/ha/child-watch.ts";
import { askWho } from "../../ask.ts";
import { Dumper } from "../../dump/dumper.ts";
import type { HeardMaster } from "../messages.ts";
import { ownProcess } from "../own-process.ts";
import { AvailabilityJournal } from "./availability-journal.ts";
import { HaControl } from "./control.ts";
import { Maintenance } from "./maintenance.ts";
import type { HaParts } from "./parts.ts";
import type { ReadPlan, ReadWell } from "./reading.ts";
import { RouterSockets } from "./router-sockets.ts";
import { type HaEvent, Supervisor } from "./supervisor.ts";
import { webChild } from "./web-child.ts";

export interface HaUpOptions {
  /** What it begins with. */
  readonly first: ReadWell;
  /** What the file says now. */
  readonly read: () => Promise<ReadPlan>;
  readonly watchesFiles: boolean; // a change of one of them is a reload
  /** Has this called whenever a reload is asked for by a signal. */
  readonly onReload: (reload: () => void) => void;
  readonly file: string; // that it was made of
  readonly socket: string; // by which it is asked
  readonly stateDirectory: string;
  readonly limits: ChildLimits;
  readonly signal: AbortSignal; // aborted: all hand over and end
  readonly urgent: AbortSignal; // aborted: at once
  readonly emit: (event: HaEvent) => void;
  readonly isShown: boolean; // over HTTP
}

/**
 * One of this name on this host, and one that goes by this file, whatever its name.
 * @throws SystemError `already-running`, which says who runs
 */
export async function claimHost(
  socket: string,
  file: string,
  ports: Pick<Ports, "claimName" | "control" | "configurationFiles">,
): Promise<Closable> {
  const ofName = ports.claimName(`ha/${socket}`) ?? (await refuseSecond(socket, ports));
  try {
    const ofFile = ports.claimName(`ha/file/${ports.configurationFiles.placeOf(file)}`);
    if (ofFile === undefined) throw refusal(`another one, of another --name, goes by ${file}`);
    return allOf(ofName, ofFile);
  } catch (error) {
    ofName.close();
    throw error;
  }
}

const allOf = (...parts: readonly Closable[]): Closable => ({
  close: () => {
    for (const part of parts) part.close();
  },
});

const refusal = (reason: string): SystemError =>
  new SystemError("start", "ha up", "already-running", reason);

/**
 * Resolves at the end of all.
 * @returns why its work could not be begun; undefined at the polite end. @throws SystemError before anything was started
 */
export async function runHa(options: HaUpOptions, ports: Ports): Promise<string | undefined> {
  const { file, socket, stateDirectory, limits, signal, urgent, emit, isShown } = options;
  const { clock } = ports;
  const tell = (event: HaEvent): void => {
    emit(event);
    journal.note(event);
    control.note(event);
    sockets.note(event);
    if (event.kind === "reload" && event.result.kind === "ok") void serveRouters();
  };
  const trouble = (text: string): void => tell({ kind: "trouble", role: "parent", text });
  const onHeard = (heard: readonly HeardMaster[]): void => journal.hear(heard);
  const supervisor = new Supervisor({ ...options, emit: tell, onHeard }, ports);
  const journal = new AvailabilityJournal(options, supervisor, ports, trouble);
  const maintenance = new Maintenance(stateDirectory, socket, ports, {
    changed: (state) => {
      supervisor.maintain(state !== null);
      tell({ kind: "maintenance", state });
    },
    trouble,
  });
  const startedMs = clock.nowMs();
  const webTrouble = (text: string): void => tell({ kind: "trouble", role: "web", text });
  const web = isShown ? webChild(limits, ports, webTrouble) : undefined;
  const parts: HaParts = { supervisor, file, socket, maintenance, web, startedMs, ports };
  const control = new HaControl(parts);
  const sockets = new RouterSockets(parts);
  const dumper = new Dumper(parts, trouble);
  const reaper = ports.reapOrphans();
  const serveRouters = async (): Promise<void> => {
    for (const text of await sockets.serve()) trouble(text);
  };
  const stop = (): void => supervisor.stop();
  journal.begin(file);
  try {
    for (const text of await served(control, socket, ports)) trouble(text);
    await serveRouters();
    dumper.listen();
    ownProcess("parent", ports, trouble)(options.first.plan);
    await withinMs(maintenance.restore(signal), RESTORE_MS, clock);
    if (signal.aborted) return undefined;
    signal.addEventListener("abort", stop, { once: true });
    urgent.addEventListener("abort", stop, { once: true });
    options.onReload(() => void supervisor.reload());
    supervisor.start();
    web?.start();
    const refusal = await supervisor.ended;
    web?.stop();
    await web?.ended;
    return refusal;
  } finally {
    await withinMs(journal.end(), END_MS, clock);
    for (const part of [control, sockets, maintenance, dumper, reaper]) part.close();
  }
}

/** What cannot be asked still runs. @returns why it cannot be, in at most one sentence */
async function served(
  control: HaControl,
  socket: string,
  ports: Ports,
): Promise<readonly string[]> {
  try {
    await control.serve();
    return [];
  } catch (error) {
    if (!(error instanceof SystemError)) throw error;
    if (error.code === "already-running") return await refuseSecond(socket, ports);
    return [`cannot be asked: ${error.message}`];
  }
}

async function refuseSecond(socket: string, ports: Pick<Ports, "control">): Promise<never> {
  const who = await askWho(socket, ports);
  const reason = who ? `process ${who.pid} runs ${who.file} here` : "another process runs it here";
  throw refusal(reason);
}

/** Goes on without it when it takes longer. */
async function withinMs(work: Promise<void>, limitMs: number, clock: Clock): Promise<void> {
  let cancel = (): void => {};
  const late = new Promise<void>((resolve) => {
    cancel = clock.at(clock.nowMs() + limitMs, resolve);
  });
  await Promise.race([work, late]);
  cancel();
}

const RESTORE_MS = 1000;
const END_MS = 1000;
