/** What a web service asks of its clients before it answers: Basic (RFC 7617) and Bearer (RFC 6750). */
import { formatBase64 } from "../../core/base64.ts";
import { UsageError } from "../../core/errors.ts";
import type { Ports } from "../../io/ports.ts";
import { readPassword } from "../vrrp/secrets.ts";

export interface HttpSecrets {
  readonly user: string | undefined; // NAME:PASSWORD
  readonly userFile: string | undefined;
  readonly bearer: string | undefined;
  readonly bearerFile: string | undefined;
  readonly insecure: boolean; // read files that others can read
}

/** @returns the header's value, null where there is nothing to say. @throws UsageError, SystemError, neither quotes a secret */
export function authorizationOf(
  { user, userFile, bearer, bearerFile, insecure }: HttpSecrets,
  ports: Pick<Ports, "readSecretFile" | "hmacSha256">,
): string | null {
  const given = [user, userFile, bearer, bearerFile].filter((each) => each !== undefined);
  if (given.length > 1)
    throw new UsageError("--user, --user-file, --bearer, --bearer-file: only one can count");
  const read = (path: string): string => readPassword(ports, { path, insecure });
  const basic = user ?? (userFile === undefined ? undefined : read(userFile));
  if (basic !== undefined) {
    if (!basic.includes(":")) throw new UsageError("the user has no password: write NAME:PASSWORD");
    if (basic.length > LONGEST) throw new UsageError("the user is longer than 8192 characters");
    return `Basic ${formatBase64(new TextEncoder().encode(basic))}`;
  }
  const token = bearer ?? (bearerFile === undefined ? undefined : read(bearerFile));
  if (token === undefined) return null;
  if (!/^[\x21-\x7e]{1,65536}$/.test(token))
    throw new UsageError("the bearer token has characters that no header can have");
  return `Bearer ${token}`;
}

const LONGEST = 8192;
