/** `vrrp sniff`: what is on the wire of a LAN or in a capture, and what is wrong with it. */
import type { Ports } from "../../io/ports.ts";
import { type FileSource, readFile } from "./capture-file.ts";
import { type LiveSource, type LiveTell, listenLive } from "./live.ts";
import type { SniffReport, SniffSession } from "./session.ts";

export type { CapturePacket } from "../../core/capture/packet.ts";
export type { Change } from "../../proto/sniff/change.ts";
export { authName } from "../../proto/sniff/differences.ts";
export { type Expectations, routerName, type Violation } from "../../proto/sniff/expectations.ts";
export type { AdvertSighting, OtherSighting, Sighting } from "../../proto/sniff/sighting.ts";
export { checksumFlavour } from "../../proto/sniff/sniffed-advert.ts";

export { ANY } from "./live.ts";
export type SniffSource = LiveSource | FileSource;

export interface SniffOutcome extends SniffReport {
  readonly endMs: number; // milliseconds since 1970
  readonly trouble: string | null; // why not all was heard or read, in one line
}

/**
 * To the end of the source, or until one of the signals aborts.
 * @throws SystemError where nothing could be heard or read
 */
export async function sniff(
  source: SniffSource,
  session: SniffSession,
  ports: Pick<Ports, "clock" | "openNetlink" | "openIpSocket" | "openCapture" | "files">,
  signals: readonly AbortSignal[],
  tell: LiveTell,
): Promise<SniffOutcome> {
  const end =
    source.kind === "live"
      ? await listenLive(source, session, ports, signals, tell)
      : await readFile(source, session, ports.files, signals, tell.onPause);
  const { endMs, kernelDrops, trouble } = end;
  return { ...session.report(endMs, kernelDrops), endMs, trouble };
}
