/** The life of one virtual router in this process: look around, take part, hand over, end. */
import { NETLINK_ROUTE } from "../../core/netlink/rtnl.ts";
import type { Closable, Ports } from "../../io/ports.ts";
import { Watchers } from "../watchers.ts";
import { guardAddresses } from "./accept-guard.ts";
import { claim, examine, refuseForeign } from "./admission.ts";
import { serveVrrp } from "./control.ts";
import { eventRecord } from "./event-record.ts";
import type { VrrpEvent } from "./events.ts";
import { hostCaveats } from "./host-caveats.ts";
import { instanceCaveats, type VrrpInstance } from "./instance.ts";
import { FlightRecorder } from "./recorder.ts";
import { Recordings } from "./recordings.ts";
import { renewSecrets, type SecretReload } from "./rotation.ts";
import { VrrpRouter } from "./router.ts";
import { strayRests } from "./strays.ts";
import { sweepVmacs } from "./vmac-leftovers.ts";

export interface VrrpRunOptions {
  readonly instance: VrrpInstance;
  /** Start even on a VRID whose adverts carry other addresses. */
  readonly force: boolean;
  /** Aborted: hand over politely and end. */
  readonly signal: AbortSignal;
  /** Aborted: give up what is held in this very turn. */
  readonly urgent: AbortSignal;
  readonly emit: (event: VrrpEvent) => void;
  /** Undefined where there are no secrets, or none that could be read again. */
  readonly reload?: SecretReload | undefined;
  /** Where each transition is recorded; null: nowhere. */
  readonly recordDirectory: string | null;
  /** Sentences on what is not as it should be beside the instance, as its hooks. */
  readonly caveats?: readonly string[];
}

/**
 * Resolves after the polite end. Nothing stays behind in any case: no address, no claim, no socket.
 * @throws UsageError, SystemError before the router has taken part in anything
 */
export async function runVrrp(options: VrrpRunOptions, ports: Ports): Promise<void> {
  const { instance, signal, urgent, emit, reload } = options;
  const opened: Closable[] = [];
  const keep = <T extends Closable>(part: T): T => {
    opened.unshift(part);
    return part;
  };
  const closeAll = (): void => {
    for (const part of opened) part.close();
  };
  let recordings: Recordings | undefined;
  try {
    const netlink = keep(ports.openNetlink(NETLINK_ROUTE));
    const states = examine(instance, netlink);
    keep(claim(instance, ports));
    const swept = sweepVmacs(instance, ports, netlink);
    keep(guardAddresses(instance, ports)); // before the first address comes, until the last is gone
    const watchers = new Watchers(ports.clock);
    const onTrouble = (text: string): void => tell({ type: "trouble", text });
    const directory = options.recordDirectory;
    const recorder = keep(new FlightRecorder(instance, ports, directory !== null, onTrouble));
    recordings = new Recordings(directory, instance, recorder, ports, onTrouble);
    const tell = (event: VrrpEvent): void => {
      emit(event);
      watchers.tell((seq, wallMs) => eventRecord(event, instance, seq, wallMs));
      recorder.note(event);
      recordings?.follow(event);
    };
    const router = keep(
      new VrrpRouter(instance, ports, netlink, { emit: tell, onLook: recorder.see }),
    );
    reload?.subscribe(() => renewSecrets(router, instance, reload, tell));
    const abandon = (): void => {
      closeAll();
      router.abandon();
    };
    urgent.addEventListener("abort", abandon, { once: true });
    keep(await serveVrrp(router, watchers, recorder, instance, ports, emit));
    if (!options.force) refuseForeign(instance, await router.survey(signal));
    const caveats = [
      ...swept,
      ...(await strayRests(instance, states, netlink, ports)),
      ...(options.caveats ?? []),
      ...instanceCaveats(instance),
      ...hostCaveats(instance, states),
    ];
    for (const text of caveats) tell({ type: "notice", text });
    if (!signal.aborted) await takePart(router, signal);
  } finally {
    closeAll();
    if (!urgent.aborted) await recordings?.finish();
  }
}

async function takePart(router: VrrpRouter, signal: AbortSignal): Promise<void> {
  const stop = (): void => router.stop();
  signal.addEventListener("abort", stop, { once: true });
  try {
    await router.run();
  } finally {
    signal.removeEventListener("abort", stop);
  }
}
