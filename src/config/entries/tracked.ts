/** An entry of track_interface, track_script, track_file, track_process and track_bfd. */
import { type Weight, weight } from "../compound.ts";
import { type Argument, keyword, type Setting } from "../keyword.ts";
import { readOptions, refuseOption, usageOf } from "../options.ts";

export interface Tracked {
  readonly name: string;
  readonly weight: Setting<Weight> | null; // null: that of its definition; of an interface none
}

/** @param name what is tracked @param most the largest weight */
export function tracked(name: Argument<string>, most: 253 | 254): Argument<Tracked> {
  const table = {
    weight: keyword(
      "Changes the priority by this instead of causing a FAULT",
      weight(most, MOVED, ["reverse", "noreverse"]),
    ),
  };
  return {
    usage: `${name.usage} ${usageOf(table)}`,
    table,
    read(reading) {
      const read = name.read(reading);
      const { values } = readOptions(reading, table, () => false);
      const [unknown] = reading.takeAll();
      if (unknown !== undefined) refuseOption(reading, unknown, table, "a tracked item");
      return read === undefined ? undefined : { name: read, weight: values.weight };
    },
  };
}

/** What keepalived makes of a weight that files and processes alone may have. */
const MOVED = { 254: 253, [-254]: -253 };
