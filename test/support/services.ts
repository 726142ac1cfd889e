/** Debian's own servers as foreground programs on a host of a LAN, with files of their own. */
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Host } from "./netns.ts";
import { processTree } from "./process-tree.ts";
import type { Program } from "./program.ts";
import { VIPKIT } from "./vipkit.ts";

export interface Service {
  readonly program: Program;
  readonly folder: string; // of its files
  /** Stops all its processes without a word, or lets them go on. */
  freeze(): void;
  thaw(): void;
  stop(): Promise<void>;
}

/** Ours, for names whose first word says what is wrong with them. @param up what the others have */
export async function nameServer(host: Host, up: string): Promise<void> {
  const script = fileURLToPath(new URL("name-server.js", import.meta.url));
  await host.spawn(process.execPath, script, up).lines.next(/listening/);
}

export const named = (host: Host, zone: string): Service =>
  start(host, (folder) => {
    writeFileSync(join(folder, "zone"), zone);
    const listen = "listen-on { any; }; listen-on-v6 { none; };";
    const alone =
      "recursion no; dnssec-validation no; allow-query { any; }; notify no; max-udp-size 4096;";
    const options = `options { directory "${folder}"; pid-file none; session-keyfile none; ${listen} ${alone} };`;
    const ours = 'zone "example.test" { type master; file "zone"; };';
    writeFileSync(join(folder, "conf"), `${options}\ncontrols { };\n${ours}\n`);
    return ["named", "-g", "-n", "1", "-c", join(folder, "conf")];
  });

/**
 * Port 25 with STARTTLS, port 465 with TLS; its certificate is for mx.example.test, self-signed. Port 1465
 * wants the same of its clients, by TLS 1.2.
 */
export const postfix = (host: Host): Service =>
  start(host, (folder) => {
    const name = "mx.example.test";
    selfSign(folder, name);
    const settings = [
      ...["compatibility_level = 3.6", `myhostname = ${name}`, "inet_protocols = ipv4"],
      ...[`queue_directory = ${folder}/spool`, `data_directory = ${folder}/data`],
      ...["daemon_directory = /usr/lib/postfix/sbin", "command_directory = /usr/sbin"],
      ...[`smtpd_tls_cert_file = ${folder}/cert`, `smtpd_tls_key_file = ${folder}/key`],
      ...["smtpd_tls_security_level = may", "alias_maps =", "local_recipient_maps ="],
      ...["smtpd_peername_lookup = no", "mydestination = localhost"],
      `smtpd_tls_CAfile = ${folder}/cert`,
    ];
    const programs = [
      "smtp inet n - n - - smtpd",
      "smtps inet n - n - - smtpd -o smtpd_tls_wrappermode=yes",
      `1465 inet n - n - - smtpd -o smtpd_tls_wrappermode=yes ${CLIENTS} -o smtpd_tls_mandatory_protocols=TLSv1.2`,
      "tlsmgr unix - - n 1000? 1 tlsmgr",
      "rewrite unix - - n - - trivial-rewrite",
      "anvil unix - - n - 1 anvil",
    ];
    const spool = [
      "pid",
      "private",
      "public",
      "active",
      "incoming",
      "maildrop",
      "defer",
      "deferred",
    ];
    const folders = ["conf", "data", "spool", ...spool.map((name) => `spool/${name}`)];
    for (const name of folders) mkdirSync(join(folder, name));
    const owned = ["data", ...spool.slice(1).map((name) => `spool/${name}`)];
    execFileSync("chown", ["postfix", ...owned.map((name) => join(folder, name))]);
    writeFileSync(join(folder, "conf/main.cf"), `${settings.join("\n")}\n`);
    writeFileSync(join(folder, "conf/master.cf"), `${programs.join("\n")}\n`);
    return [...TOGETHER, "/usr/lib/postfix/sbin/master", "-c", join(folder, "conf"), "-d"];
  });

/** Lets anonymous in, nobody else; TLS is by AUTH alone, or implicit. Its certificate is for ftp.example.test. */
export const vsftpd = (host: Host, tls?: "auth" | "implicit"): Service =>
  start(host, (folder) => {
    mkdirSync(join(folder, "empty"), { mode: 0o755 });
    selfSign(folder, "ftp.example.test");
    const secured = [
      ...["ssl_enable=YES", "allow_anon_ssl=YES", "force_anon_logins_ssl=YES"],
      ...["force_anon_data_ssl=YES", `implicit_ssl=${tls === "implicit" ? "YES" : "NO"}`],
      ...[`rsa_cert_file=${folder}/cert`, `rsa_private_key_file=${folder}/key`],
      `listen_port=${tls === "implicit" ? 990 : 21}`,
    ];
    const lines = [
      ...["listen=YES", "background=NO", "anonymous_enable=YES", "local_enable=NO"],
      ...[`secure_chroot_dir=${folder}/empty`, `anon_root=${folder}/empty`],
      ...["seccomp_sandbox=NO", "ftpd_banner=example ftp", "xferlog_enable=NO"],
      ...(tls === undefined ? [] : secured),
    ];
    writeFileSync(join(folder, "conf"), `${lines.join("\n")}\n`);
    return ["vsftpd", join(folder, "conf")];
  });

export const telnetd = (host: Host): Service =>
  start(host, (folder) => {
    const line = "23 stream tcp nowait root /usr/sbin/telnetd telnetd -h";
    writeFileSync(join(folder, "conf"), `${line}\n`);
    return ["inetd", "-d", join(folder, "conf")];
  });

/** `vipkit check` on a host: its exit status, and the line that it printed. */
export async function check(
  host: Host,
  ...argv: readonly string[]
): Promise<[number | null, string]> {
  const program = host.spawn(process.execPath, VIPKIT, "check", ...argv);
  program.closeInput();
  const { code } = await program.ended;
  return [code, program.lines.all.join("\n")];
}

/** Tries again until it listens. */
export const UNTIL_UP = ["--retry", "200", "--retry-delay", "50ms"] as const;

function selfSign(folder: string, name: string): void {
  const files = ["-keyout", `${folder}/key`, "-out", `${folder}/cert`, "-days", "30"];
  const subject = ["-subj", `/CN=${name}`, "-addext", `subjectAltName=DNS:${name}`];
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  execFileSync("openssl", ["req", "-x509", ...key, ...files, ...subject], { stdio: "ignore" });
}

function start(host: Host, prepare: (folder: string) => readonly string[]): Service {
  const folder = mkdtempSync(join(tmpdir(), "vipkit-service-"));
  chmodSync(folder, 0o755);
  const program = host.spawn(...prepare(folder));
  void program.ended.then(() => rmSync(folder, { recursive: true }));
  const all = (name: NodeJS.Signals): void => {
    if (!program.running) return;
    for (const pid of processTree(program.pid)) signalTo(pid, name);
  };
  return {
    program,
    folder,
    freeze: () => all("SIGSTOP"),
    thaw: () => all("SIGCONT"),
    stop: async () => {
      all("SIGKILL");
      await program.ended;
    },
  };
}

/** The end of the first may have ended the others by now. */
function signalTo(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

const CLIENTS = "-o smtpd_tls_req_ccert=yes -o smtpd_tls_security_level=encrypt";

/** All end with the first: one that changes its user would not hear of our own death. */
const TOGETHER = ["unshare", "--pid", "--fork", "--kill-child"];
