/** The examples of share/examples at work: one file for all nodes, `ha up` on each. */
import { HaUp } from "./ha-up.ts";
import type { Host } from "./netns.ts";
import { readSource } from "./sources.ts";

export const EXAMPLES = [
  "dual-master",
  "five-nodes",
  "sync-group",
  "unicast",
  "ipv6",
  "nginx",
  "nginx-script",
] as const;

export const example = (name: (typeof EXAMPLES)[number]): string =>
  readSource(`share/examples/${name}.conf`);

/** The same file on each node. */
export const start = (host: Host, conf: string): HaUp =>
  new HaUp(host, conf, ["--config-id", host.name]);

export const is = async (up: HaUp, instance: string, state: string): Promise<void> => {
  await up.program.lines.next(new RegExp(` ${instance}: \\w+ -> ${state}\\b`));
};

/** The names of those who have it. */
export async function held(address: string, ...hosts: readonly Host[]): Promise<string> {
  const found = await Promise.all(hosts.map((host) => host.holds(address)));
  return hosts.flatMap(({ name }, index) => (found[index] === true ? name : [])).join("");
}
