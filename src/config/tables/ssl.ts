/** `SSL { ... }`: what SSL_GET shows of itself, and whom it believes. */
import { text } from "../arguments.ts";
import { keyword } from "../keyword.ts";

export const SSL = {
  password: keyword("Password of the private key", text("PASSWORD")),
  ca: keyword("File with the certificates that it trusts", text("FILE")),
  certificate: keyword("File with its own certificate", text("FILE")),
  key: keyword("File with the private key of that", text("FILE")),
} as const;
