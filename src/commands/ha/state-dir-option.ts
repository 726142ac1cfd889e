/** `--state-dir DIR`: where `ha up` keeps what outlives it. */
import { text } from "../option.ts";

export const stateDirOption = {
  "state-dir": text({
    value: "DIR",
    default: "/var/lib/vipkit",
    describe: "Where ha up keeps its journal and remembers maintenance",
  }),
};
