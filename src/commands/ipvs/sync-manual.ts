/** What the man page of `ipvs sync` says beside the help. */

export const SYNC_MANUAL = {
  WATCHING: [
    "--watch follows FILE and what it includes, also where it is replaced; a file that is being written, or has a mistake, changes nothing, and what it said before is kept. SIGHUP reads it again. Names of servers are looked up again every 30 seconds. What others delete, change or add to a service of FILE is put back, and told with how often that was.",
  ],
  JSON: [
    "--json prints one object: steps (made, or with --dry-run to be made), refused (each a step with code and message), not_made (steps that wait for one that was refused), foreign (services that stay). A step has step (add, change or remove), what (service, server, timeouts or sync-daemon), subject, service and server (null where it is about none), role (of a sync daemon, else null) and changes, each with name, from and to (texts, null where it is not set). --dry-run has steps and foreign alone.",
    "With --watch it prints a line for each event, with event and time: synced has the same as above, drift has subject, deed (deleted, changed or added), times and step, trouble has message.",
  ],
};
