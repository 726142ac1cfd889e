/** Messages of DNS on a connection: each with its length in front, two bytes (RFC 1035 section 4.2.2). */
import type { ByteStream, Limit } from "../../io/ports.ts";

export interface DnsStream {
  send(message: Uint8Array): Promise<void>;
  /** The next one, at most 64 KiB; undefined where the connection ends before it does. */
  receive(signal: Limit): Promise<Uint8Array | undefined>;
  close(): void;
}

export function openMessages(stream: ByteStream, signal: Limit): DnsStream {
  let rest: Uint8Array = new Uint8Array();
  const read = async (length: number, limit: Limit): Promise<Uint8Array | undefined> => {
    const parts = [rest];
    let have = rest.length;
    while (have < length) {
      const bytes = await stream.read(limit);
      if (bytes === undefined) return undefined;
      parts.push(bytes);
      have += bytes.length;
    }
    const whole = parts.length === 1 ? rest : joined(parts, have);
    rest = whole.subarray(length);
    return whole.subarray(0, length);
  };
  return {
    async send(message) {
      const framed = new Uint8Array(2 + message.length);
      framed.set([message.length >>> 8, message.length & 0xff]);
      framed.set(message, 2);
      await stream.write(framed, signal);
    },
    async receive(limit) {
      const [high, low] = (await read(2, limit)) ?? [];
      if (high === undefined || low === undefined) return undefined;
      return await read(high * 256 + low, limit);
    },
    close: () => stream.close("fin"),
  };
}

function joined(parts: readonly Uint8Array[], length: number): Uint8Array {
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
