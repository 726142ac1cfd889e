/** The name of a running instance: a word that is also the name of its control socket. */
import { isHaSocket } from "../../app/ha/up/socket.ts";
import { refuse } from "../option.ts";

/** For options and positionals. @throws UsageError */
export function instanceName(text: string): string {
  if (isHaSocket(text)) refuse("is the name by which ha up is asked");
  if (text === "" || text.startsWith(".")) refuse('must begin with something else than "."');
  if (!/^[A-Za-z0-9._:@+-]*$/.test(text)) refuse("may hold letters, digits and . _ : @ + - alone");
  return text.length <= 64 ? text : refuse("has more than 64 characters");
}
