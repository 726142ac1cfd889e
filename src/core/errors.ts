/**
 * The two errors a user may meet. Everything else that is thrown is a bug of ours (exit 70).
 * Message form: `op subject: reason`.
 */

/** The kernel, a file or a child refused. `code` is the errno name or a kebab-case code of ours. */
export class SystemError extends Error {
  readonly op: string; // what was tried: "sendto", "address add"
  readonly subject: string; // on what: "eth0", "10.0.0.1/32 on eth0"
  readonly code: string; // "EPERM", "ENODEV", ...
  readonly detail: string; // the kernel's own words, may be empty

  constructor(op: string, subject: string, code: string, detail = "", options?: ErrorOptions) {
    super(`${op} ${subject}: ${detail === "" ? code : `${detail} (${code})`}`, options);
    this.name = "SystemError";
    this.op = op;
    this.subject = subject;
    this.code = code;
    this.detail = detail;
  }
}

/** What was asked for cannot be meant: shown without a stack, exit 2. */
export class UsageError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "UsageError";
  }
}
