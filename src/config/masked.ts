/** Passwords and keys of a configuration, made unreadable where a line of it is shown. */

/** Stands for a secret whose length is nobody's business either. */
export const MASK = "***";

/** As long as before, so that a caret below still stands where it is meant to. */
export const masked = (line: string): string =>
  line.replace(SECRETS, (_, before: string, secret: string) => before + "*".repeat(secret.length));

/** What stands behind auth_pass, however it is misspelt, behind password, and behind the number of a key. */
const SECRETS = /((?:^|[\s{])(?:auth_?pa\w*|pass\w*|key\s+\d+)\s+)("[^"]*"?|[^\s{}#!][^\s{}]*)/g;
