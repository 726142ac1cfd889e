/** `ha check` in this process, on files in memory, and files of a few lines to be checked. */
import { runInProcess } from "./cli.ts";
import { FakeConfigurationFiles } from "./fake-configuration-files.ts";
import { FakePorts } from "./fake-ports.ts";

const REST = "interface eth0\nvirtual_router_id 51\nvirtual_ipaddress {\n10.0.0.9/24\n}\n}\n";
export const GOOD = `vrrp_instance A {\n    priority 100\n${REST}`;
export const WARNING = `vrrp_instance A {\n    priority 100 1\n${REST}`;
export const ERROR = `vrrp_instance A {\n    priorty 100\n${REST}`;
export const OLD = `vrrp_instance A { # one\n  thread_timer_expired   # two\n${REST}`;
export const NEW = `vrrp_instance A { # one\n  timer_expired_backup   # two\n${REST}`;

/** The host is one.example. */
export function started(texts: Readonly<Record<string, string>>, stdin = "") {
  const files = new FakeConfigurationFiles(texts);
  const ports = new FakePorts();
  ports.sysctls.set("kernel/hostname", "one.example");
  ports.files.contents.set("/etc/passwd", new TextEncoder().encode("root:x:0:0::/:/bin/sh\n"));
  ports.files.contents.set("-", new TextEncoder().encode(stdin));
  const run = async (...words: string[]) =>
    await runInProcess(["ha", "check", ...words], {
      ports: Object.assign(ports, { configurationFiles: files }),
    });
  return { files, run };
}
export const check = async (texts: Readonly<Record<string, string>>, ...words: string[]) =>
  await started(texts).run(...words);
