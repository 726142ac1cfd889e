/** The ports bound to this machine. Adapters load the native code they need at their first use. */
import { openCapture } from "./capture.ts";
import { SystemClock } from "./clock.ts";
import { configurationFiles } from "./configuration-files.ts";
import { contentHash } from "./content-hash.ts";
import { controlSockets } from "./control-socket.ts";
import { watchFile } from "./file-watch.ts";
import { files } from "./files.ts";
import { hmacSha256 } from "./hmac.ts";
import { openIpSocket } from "./ip-socket.ts";
import { lookAt } from "./look-at.ts";
import { claimName } from "./name-claim.ts";
import { readNetTable } from "./net-table.ts";
import { openNetlink } from "./netlink-socket.ts";
import { watchNetlink } from "./netlink-watch.ts";
import { enterNetns } from "./netns.ts";
import { openNftables } from "./nftables-socket.ts";
import { reapOrphans } from "./orphans.ts";
import { openPacketSocket } from "./packet-socket.ts";
import { parentOfThis } from "./parent-process.ts";
import { matches } from "./pattern-match.ts";
import { openPing } from "./ping-socket.ts";
import type { Ports } from "./ports.ts";
import { findProcesses, listProcesses } from "./process-list.ts";
import { watchProcesses } from "./process-watch.ts";
import { hasProgram } from "./program-search.ts";
import { nameProcess, scheduleNice, scheduleRealtime } from "./realtime.ts";
import { openScreen } from "./screen.ts";
import { readSecretFile } from "./secret-file.ts";
import { serviceManagerOf } from "./service-manager.ts";
import { onSignal } from "./signals.ts";
import { readSysctl, writeSysctl } from "./sysctl.ts";
import { isJournal, sendSyslog } from "./syslog.ts";
import { connectTcp, localEnd } from "./tcp-stream.ts";
import { readAnswer } from "./terminal-answer.ts";
import { openUdp } from "./udp-socket.ts";

/** To be called once, before anything is opened. @param netns name or path of the namespace to work in */
export function systemPorts(netns: string | undefined): Ports {
  if (netns !== undefined) enterNetns(netns);
  return {
    clock: new SystemClock(),
    pid: process.pid,
    account: { uid: process.geteuid?.() ?? 0, gid: process.getegid?.() ?? 0 },
    control: controlSockets("/run/vipkit"),
    claimName,
    openIpSocket,
    openPacketSocket,
    openPing,
    openCapture,
    openNetlink,
    openNftables,
    openUdp,
    watchNetlink,
    // Loading what starts children takes 3 ms, which the commands without hooks need not pay.
    runProgram: async (options) => (await import("./program.ts")).runProgram(options),
    startChild: async (words, handlers) =>
      (await import("./child-process.ts")).startChild(words, handlers),
    parent: parentOfThis(),
    openFifo: async (path, options) => await (await import("./fifo.ts")).openFifo(path, options),
    sendMail: async (mail, server, signal) =>
      await (await import("./mail.ts")).sendMail(mail, server, signal),
    tryPort: async (at) => await (await import("./port-trial.ts")).tryPort(at),
    serveWeb: async (at, onRequest) =>
      await (await import("./web-server.ts")).serveWeb(at, onRequest),
    exposeMetrics: async (families) =>
      await (await import("./exposition.ts")).exposeMetrics(families),
    contentHash,
    connectTcp,
    localEnd,
    loadDns: async () => (await import("./dns-message.ts")).dnsCodec,
    startTls: async (stream, options, signal) =>
      await (await import("./tls.ts")).startTls(stream, options, signal),
    tryTlsFiles: async (texts) => (await import("./secure-context.ts")).tryTlsFiles(texts),
    requestHttp: async (stream, request, signal) =>
      await (await import("./http-request.ts")).requestHttp(stream, request, signal),
    matches,
    loadHttp: async ({ tls, version }) => {
      const [{ native }] = await Promise.all([
        import("./native.ts"),
        import("./byte-stream.ts"),
        version === "2" ? import("./http2-request.ts") : import("./http-request.ts"),
        tls ? import("./tls.ts") : undefined,
      ]);
      native();
    },
    resolveName: async (name, family, signal) =>
      await (await import("./resolve-name.ts")).resolveName(name, family, signal),
    hasProgram,
    findProcesses,
    listProcesses,
    watchProcesses,
    openScreen,
    files,
    configurationFiles,
    onSignal,
    reapOrphans,
    stderrIsJournal: isJournal(process.env.JOURNAL_STREAM, 2),
    sendSyslog,
    serviceManager: serviceManagerOf(process.env, process.pid),
    environment: (name) => process.env[name],
    lookAt,
    nameProcess,
    scheduleNice,
    scheduleRealtime,
    readSecretFile,
    watchFile,
    hmacSha256,
    readSysctl,
    readAnswer,
    readNetTable,
    writeSysctl,
  };
}
