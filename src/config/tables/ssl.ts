/** `SSL { ... }`: what SSL_GET shows of itself, and whom it believes. */
import { text } from "../arguments.ts";
import { keyword } from "../keyword.ts";
import { MASK } from "../masked.ts";

const secret = { ...text("PASSWORD"), format: () => MASK };
const AGAIN = { isReplaced: true } as const;
const USED = { ...AGAIN, actsIn: "up" } as const;

export const SSL = {
  password: keyword("Password of the private key", secret, AGAIN),
  ca: keyword("File with the certificates that it trusts", text("FILE"), USED),
  certificate: keyword("File with its own certificate", text("FILE"), USED),
  key: keyword("File with the private key of that", text("FILE"), USED),
} as const;
