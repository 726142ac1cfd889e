/** One request of HTTP and what came back, as values (RFC 9110). */

export type HttpVersion = "1.0" | "1.1" | "2";
export type HttpHeader = readonly [name: string, value: string];

export interface HttpRequest {
  readonly version: HttpVersion;
  readonly scheme: "http" | "https";
  readonly authority: string; // Host, or :authority
  readonly method: string;
  readonly path: string; // with its query
  readonly headers: readonly HttpHeader[];
  readonly body: Uint8Array | null;
}

export interface HttpStatus {
  readonly status: number; // 100..999
  readonly reason: string; // as the server wrote it, may be empty
  readonly version: string; // of the answer: "1.0", "1.1", "2"
}

export interface HttpBodyWanted {
  readonly keepBytes: number; // at most so many are kept
  readonly limitBytes: number; // at most so many are read
  readonly md5: boolean;
  readonly sha256: boolean;
}

export interface HttpBody {
  readonly bytes: number; // how many there were
  readonly kept: Uint8Array; // the first ones
  readonly isCut: boolean; // there were more than `limitBytes`
  readonly md5: string | null; // hexadecimal, of all of it
  readonly sha256: string | null;
}
