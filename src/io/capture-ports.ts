/** What the program asks of the outside about captures: a part of `ports.ts`. */
import type { BpfInstruction } from "../core/bpf.ts";
import type { Closable } from "./ports.ts";

/** What passes an interface, in and out, kept by the kernel until it is asked for. */
export interface Capture extends Closable {
  /** The next ones, oldest first, a batch at a time; empty when none waits. */
  read(): CapturedFrame[];
  /** Frames for which there was no room, since the last question. */
  takeLost(): number;
}

export interface CapturedFrame {
  readonly wallNs: bigint; // nanoseconds since 1970, when the kernel saw it
  readonly direction: "in" | "out"; // out: this host sent it
  readonly ifIndex: number; // where it was seen
  readonly linkType: number; // LINKTYPE_*: Ethernet, or IP where the interface has no link header
  readonly wireBytes: number; // its length before it was cut
  readonly bytes: Uint8Array; // from the link header on, with its VLAN tags
}

export interface CaptureOptions {
  readonly ifName: string;
  readonly ifIndex: number; // 0: all interfaces
  readonly filter: readonly BpfInstruction[];
  readonly snapBytes: number; // what is longer is cut
  readonly roomBytes?: number; // of the kernel's queue; 1 MiB if not given
  /** Called in each turn of the loop in which something waits; it keeps the process alive. */
  readonly onReadable?: () => void;
}
