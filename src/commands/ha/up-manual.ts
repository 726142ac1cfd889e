/** What the man page of `ha up` tells beyond its help, by subject. */
import { CARE_MANUAL } from "./care-options.ts";
import { LOG_MANUAL } from "./log-options.ts";

const DUMPS = [
  "Scripts and exporters that know keepalived send its first process signals and read what is written then; --pid-file /run/keepalived.pid lets them find this one. SIGUSR1 writes the state as text, keepalived.data; SIGUSR2 the counters as text, keepalived.stats; SIGRTMIN+2, 36 on most systems, the state as JSON, keepalived.json; SIGRTMAX-1, 63, the counters as text, which begin at zero from then on. Names and nesting are keepalived's, those of json_version 1 or 2; a password is told as ***.",
  "Files are written whole, mode 0600, to /tmp, or to the directory that TMPDIR names, or where state_dump_file, stats_dump_file and json_dump_file of global_defs say; with data_use_instance their names have the network namespace and the instance. A link in their place is replaced, and never followed.",
];

const SCRIPTS = [
  "A vrrp_script whose program is called vipkit and whose first argument is check, for the user as whom ha up runs, is not started as a program: the process of the checks runs it itself, at the same interval, with the same exit status, options and files, and aborts it at its timeout. It is the check of this version, whichever is installed meanwhile. With --netns, --watch, --until-up or --until-down, or as another user, it is a program like any other. A program of check exec is started in any case.",
];

const VIRTUAL_SERVERS = [
  "Virtual servers are set in IPVS of the kernel as keepalived sets them: what is in FILE is taken over where it is there already, other services are left alone, but for lvs_flush. Whenever a check changes something, nothing but the difference is set. At the end they are removed again, timeouts are as before and sync daemons are stopped; with --keep-ipvs the virtual servers stay. When all processes are killed at once, IPVS stays as it is, and the next ha up goes on with it.",
  "A service or a real server that another process deletes is put back within some seconds, which is told. A weight that somebody sets by hand stays until a check or FILE wants another one.",
  "Where the kernel has no IPVS, or nothing is allowed, one line says so, and what would help; all else goes on, and IPVS is set when it comes. The module is never loaded by itself: modprobe ip_vs.",
  "With lvs_sync_daemon and an instance the kernel runs the master daemon while the virtual router is MASTER, and else the backup one; without an instance both run.",
];

export const UP_MANUAL = {
  "Virtual servers": VIRTUAL_SERVERS,
  "Real servers": CARE_MANUAL,
  Scripts: SCRIPTS,
  Log: LOG_MANUAL,
  Dumps: DUMPS,
};
