/** The plan of a configuration, with what only this host can say: its accounts and its name. */
import type { Limit, Ports } from "../../../../io/ports.ts";
import type { CheckedConfiguration } from "../../check-configuration.ts";
import type { HaPlan } from "./plan.ts";
import { planOf } from "./plan-of.ts";
import { Programs, readAccounts } from "./programs.ts";

/** @throws SystemError, UsageError where a file that it names cannot be read */
export async function planHere(
  checked: CheckedConfiguration,
  ports: Pick<Ports, "files" | "readSysctl" | "readSecretFile" | "environment">,
  signal: Limit,
): Promise<HaPlan> {
  const accounts = await readAccounts(ports.files, signal);
  const programs = new Programs(checked.vrrp.globals, accounts, checked.findings);
  const hostName = ports.readSysctl("kernel/hostname") ?? "localhost";
  return planOf(checked, programs, hostName, ports);
}
