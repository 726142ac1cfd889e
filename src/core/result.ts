/** What a decoder answers: junk from the network is a value, never an exception. */
export type Decoded<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly fault: DecodeFault };

/** Why bytes were not understood. `offset` counts from the start of the decoded message. */
export interface DecodeFault {
  readonly layer: string; // "vrrp", "arp", ...
  readonly code: string; // permanent kebab-case code: "short", "bad-checksum", ...
  readonly offset: number;
}

export const decoded = <T>(value: T): Decoded<T> => ({ ok: true, value });

export const undecoded = (layer: string, code: string, offset: number): Decoded<never> => ({
  ok: false,
  fault: { layer, code, offset },
});
