/** A packet of a capture, whether it was read from a file or comes from an interface of this host. */

/**
 * Whoever reads fills one object again and again, because a capture may have millions of them: it is
 * good until the next packet, and so are its bytes.
 */
export interface CapturePacket {
  seconds: number; // whole seconds since 1970
  nanoseconds: number; // 0..999,999,999 of the second
  linkType: number; // LINKTYPE_*: what the bytes begin with
  interfaceName: string; // empty where the capture does not tell
  direction: "in" | "out" | null; // out: the host that captured it sent it
  wireBytes: number; // its length on the wire, at least that of the bytes
  bytes: Uint8Array; // a buffer; the packet is what stands in it
  start: number; // from here
  end: number; // to before here
}

/** One that is yet to be filled. */
export const blankPacket = (): CapturePacket => ({
  seconds: 0,
  nanoseconds: 0,
  linkType: 0,
  interfaceName: "",
  direction: null,
  wireBytes: 0,
  bytes: new Uint8Array(),
  start: 0,
  end: 0,
});
