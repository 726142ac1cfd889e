/** What a pcapng capture says of an interface (interface description and statistics blocks). */
import { OPTION } from "./pcapng.ts";
import { PcapngClock } from "./pcapng-clock.ts";
import { areWhole, findOption, type OptionSpan } from "./pcapng-options.ts";

export interface CaptureInterface {
  readonly linkType: number; // u16
  readonly snapBytes: number; // u32, 0 = no limit
  readonly name: string; // empty where it has none
  readonly clock: PcapngClock;
  lostPackets: number; // as far as was said
}

/** From the body of its block. @returns undefined where that is not whole: its times could not be told */
export function readInterface(body: Readonly<OptionSpan>): CaptureInterface | undefined {
  const { view, littleEndian, start, end } = body;
  if (end - start < HEAD_BYTES) return undefined;
  const options = { ...body, start: start + HEAD_BYTES };
  if (!areWhole(options)) return undefined;
  const resolutionAt = findOption(options, OPTION.resolution, 1);
  const offsetAt = findOption(options, OPTION.timeOffset, 8);
  return {
    linkType: view.getUint16(start, littleEndian),
    snapBytes: view.getUint32(start + 4, littleEndian),
    name: readName(options),
    clock: new PcapngClock(
      resolutionAt === 0 ? MICROSECONDS : view.getUint8(resolutionAt),
      offsetAt === 0 ? 0n : view.getBigInt64(offsetAt, littleEndian),
    ),
    lostPackets: 0,
  };
}

/**
 * What the interface and the system dropped since the begin, from the body of a statistics block.
 * @returns undefined where it does not say
 */
export function readLost(body: Readonly<OptionSpan>): number | undefined {
  const options = { ...body, start: body.start + 12 };
  const counts = [OPTION.interfaceDrops, OPTION.systemDrops]
    .map((code) => findOption(options, code, 8))
    .filter((at) => at !== 0)
    .map((at) => Number(body.view.getBigUint64(at, body.littleEndian)));
  return counts.length === 0 ? undefined : counts.reduce((sum, count) => sum + count);
}

function readName(options: Readonly<OptionSpan>): string {
  const at = findOption(options, OPTION.interfaceName, 1);
  if (at === 0) return "";
  const { view, littleEndian } = options;
  const length = Math.min(view.getUint16(at - 2, littleEndian), MAX_NAME_BYTES);
  return new TextDecoder().decode(new Uint8Array(view.buffer, view.byteOffset + at, length));
}

const HEAD_BYTES = 8; // link type, nothing, snap length
const MICROSECONDS = 6; // 10 to the -6
const MAX_NAME_BYTES = 255; // a capture may describe many
