/**
 * Every command, sorted by name. A command is loaded when it is run or described: starting one costs
 * nothing of the others.
 */
import type { Command } from "./define.ts";

export interface CommandEntry {
  readonly name: string; // "vip add"; the definition says the same
  readonly load: () => Promise<Command>;
}

export const COMMANDS: readonly CommandEntry[] = [
  { name: "check dns", load: async () => (await import("./check/dns.ts")).checkDns },
  { name: "check exec", load: async () => (await import("./check/exec.ts")).checkExec },
  { name: "check file", load: async () => (await import("./check/file.ts")).checkFile },
  { name: "check ftp", load: async () => (await import("./check/ftp.ts")).checkFtp },
  { name: "check hash", load: async () => (await import("./check/hash.ts")).checkHash },
  { name: "check http", load: async () => (await import("./check/http.ts")).checkHttp },
  { name: "check icmp", load: async () => (await import("./check/icmp.ts")).checkIcmp },
  { name: "check process", load: async () => (await import("./check/process.ts")).checkProcess },
  { name: "check run", load: async () => (await import("./check/run.ts")).checkRun },
  { name: "check smtp", load: async () => (await import("./check/smtp.ts")).checkSmtp },
  { name: "check tcp", load: async () => (await import("./check/tcp.ts")).checkTcp },
  { name: "check telnet", load: async () => (await import("./check/telnet.ts")).checkTelnet },
  { name: "check udp", load: async () => (await import("./check/udp.ts")).checkUdp },
  { name: "completion", load: async () => (await import("./completion.ts")).completion },
  { name: "garp send", load: async () => (await import("./garp/send.ts")).garpSend },
  { name: "ha check", load: async () => (await import("./ha/check.ts")).haCheck },
  { name: "ha down", load: async () => (await import("./ha/down.ts")).haDown },
  { name: "ha drain", load: async () => (await import("./ha/drain.ts")).haDrain },
  { name: "ha events", load: async () => (await import("./ha/events.ts")).haEvents },
  { name: "ha failover", load: async () => (await import("./ha/failover.ts")).haFailover },
  { name: "ha fmt", load: async () => (await import("./ha/fmt.ts")).haFmt },
  { name: "ha history", load: async () => (await import("./ha/history.ts")).haHistory },
  { name: "ha maintenance", load: async () => (await import("./ha/maintenance.ts")).haMaintenance },
  { name: "ha plan", load: async () => (await import("./ha/plan.ts")).haPlan },
  { name: "ha reload", load: async () => (await import("./ha/reload.ts")).haReload },
  { name: "ha report", load: async () => (await import("./ha/report.ts")).haReport },
  { name: "ha show", load: async () => (await import("./ha/show.ts")).haShow },
  { name: "ha simulate", load: async () => (await import("./ha/simulate.ts")).haSimulate },
  { name: "ha status", load: async () => (await import("./ha/status.ts")).haStatus },
  { name: "ha top", load: async () => (await import("./ha/top.ts")).haTop },
  { name: "ha up", load: async () => (await import("./ha/up.ts")).haUp },
  { name: "ha weight", load: async () => (await import("./ha/weight.ts")).haWeight },
  { name: "ipvs adm", load: async () => (await import("./ipvs/adm.ts")).ipvsAdm },
  { name: "ipvs diff", load: async () => (await import("./ipvs/diff.ts")).ipvsDiff },
  { name: "ipvs doctor", load: async () => (await import("./ipvs/doctor.ts")).ipvsDoctor },
  { name: "ipvs drain", load: async () => (await import("./ipvs/drain.ts")).ipvsDrain },
  { name: "ipvs flush", load: async () => (await import("./ipvs/flush.ts")).ipvsFlush },
  { name: "ipvs save", load: async () => (await import("./ipvs/save.ts")).ipvsSave },
  { name: "ipvs show", load: async () => (await import("./ipvs/show.ts")).ipvsShow },
  { name: "ipvs sync", load: async () => (await import("./ipvs/sync.ts")).ipvsSync },
  { name: "ipvs watch", load: async () => (await import("./ipvs/watch.ts")).ipvsWatch },
  { name: "ipvs zero", load: async () => (await import("./ipvs/zero.ts")).ipvsZero },
  { name: "vip add", load: async () => (await import("./vip/add.ts")).vipAdd },
  { name: "vip del", load: async () => (await import("./vip/del.ts")).vipDel },
  { name: "vip list", load: async () => (await import("./vip/list.ts")).vipList },
  { name: "vip show", load: async () => (await import("./vip/show.ts")).vipShow },
  { name: "vrrp doctor", load: async () => (await import("./vrrp/doctor.ts")).vrrpDoctor },
  { name: "vrrp failover", load: async () => (await import("./vrrp/failover.ts")).vrrpFailover },
  { name: "vrrp history", load: async () => (await import("./vrrp/history.ts")).vrrpHistory },
  { name: "vrrp id", load: async () => (await import("./vrrp/id.ts")).vrrpId },
  { name: "vrrp priority", load: async () => (await import("./vrrp/priority.ts")).vrrpPriority },
  { name: "vrrp run", load: async () => (await import("./vrrp/run.ts")).vrrpRun },
  { name: "vrrp sniff", load: async () => (await import("./vrrp/sniff.ts")).vrrpSniff },
  { name: "vrrp status", load: async () => (await import("./vrrp/status.ts")).vrrpStatus },
  { name: "vrrp watch", load: async () => (await import("./vrrp/watch.ts")).vrrpWatch },
];

/** All definitions, in the order of the list: for help, man pages and completion. */
export const loadCommands = async (entries = COMMANDS): Promise<readonly Command[]> =>
  await Promise.all(entries.map(async ({ load }) => await load()));
