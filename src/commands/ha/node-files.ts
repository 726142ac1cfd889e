/** Files of nodes of one cluster, `a.conf` or `a=keepalived.conf`: each node has a name of its own. */
import { UsageError } from "../../core/errors.ts";
import { list, refuse } from "../option.ts";

export interface NodeFile {
  readonly name: string;
  readonly path: string;
}

export interface GivenFile {
  readonly name: string | undefined;
  readonly path: string;
}

export const nodesPositional = {
  files: list(
    {
      value: "[NAME=]FILE",
      required: true,
      complete: "file",
      describe: "The keepalived.conf of a node; NAME is what events call the node",
    },
    givenFile,
  ),
};

/** A file whose name has a = in it is given as ./a=b. */
export function givenFile(text: string): GivenFile {
  const [, name, path = text] = /^([^/=]*)=(.*)$/s.exec(text) ?? [];
  if (path === "") return refuse("names no file");
  if (name !== undefined && !isName(name)) return refuse("has a name that events cannot say");
  return { name, path };
}

/**
 * Nodes are called after their files; where two of these have one name, after their directories.
 * @throws UsageError where that is no help either
 */
export function namedNodes(files: readonly GivenFile[]): readonly NodeFile[] {
  for (const nameOf of [stemOf, directoryOf]) {
    const nodes = files.map(({ name, path }) => ({ name: name ?? nameOf(path), path }));
    const names = new Set(nodes.map(({ name }) => name));
    if (names.size === nodes.length && nodes.every(({ name }) => isName(name))) return nodes;
  }
  throw new UsageError(
    "two nodes would have one name, or one that events cannot say: write NAME=FILE",
  );
}

/** `/etc/a.conf` is of a. */
const stemOf = (path: string): string => (path.split("/").at(-1) ?? "").replace(/\.conf$/, "");

/** `b/keepalived.conf` is of b. */
const directoryOf = (path: string): string => path.split("/").at(-2) ?? "";

const isName = (name: string): boolean => /^[^\s@]+$/.test(name);
