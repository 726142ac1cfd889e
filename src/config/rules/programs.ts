/** The programs that a configuration names, wherever a keyword takes a command. */
import type { Command, UserAndGroup } from "../compound.ts";
import type { Setting, Table } from "../keyword.ts";
import type { Span } from "../place.ts";
import { type Configuration, ROOT } from "../tables/root.ts";

export interface NamedProgram {
  readonly name: string; // the first word: a path, or a name that PATH is searched for
  readonly keyword: string; // "notify_master"
  readonly block: string; // "vrrp_script chk"; "" for global_defs
  readonly span: Span; // of the command
  readonly user: string | null; // null: the script_user of global_defs
  readonly userSpan: Span; // of the user, or else of the command
}

export const programsOf = (conf: Configuration): NamedProgram[] => programsIn(conf, ROOT, "");

function programsIn(values: object, table: Table, block: string): NamedProgram[] {
  const [ofBlock] = settingsIn(values, "user") as readonly Setting<UserAndGroup>[];
  return Object.entries(table).flatMap(([keyword, { takes }]) =>
    settingsIn(values, keyword).flatMap(({ value, span }): NamedProgram[] => {
      if (isCommand(value)) {
        const [name = ""] = value.argv;
        const user = value.user ?? ofBlock?.value.user ?? null;
        const userSpan = (value.user == null && ofBlock?.span) || span;
        // "</dev/tcp/HOST/PORT" is one that the shell runs, not a file.
        return NOT_RUN.has(keyword) || name.startsWith("<")
          ? []
          : [{ name, keyword, block, span, user, userSpan }];
      }
      if (takes.table === undefined || typeof value !== "object" || value === null) return [];
      const { name, body = value } = value as { name?: unknown; body?: object };
      const isNamed = typeof name === "string";
      const inside = keyword === "global_defs" ? "" : isNamed ? `${keyword} ${name}` : keyword;
      return programsIn(body, takes.table, inside);
    }),
  );
}

const NOT_RUN = new Set(["process"]); // of vrrp_track_process: it is looked for

function settingsIn(values: object, keyword: string): readonly Setting<unknown>[] {
  const written: unknown = (values as Readonly<Record<string, unknown>>)[keyword];
  return [written].flat().filter((one): one is Setting<unknown> => isSetting(one));
}

const isSetting = (one: unknown): boolean =>
  typeof one === "object" && one !== null && "value" in one && "keyword" in one;

const isCommand = (value: unknown): value is Command & { readonly user?: string | null } =>
  typeof value === "object" && value !== null && "argv" in value;
