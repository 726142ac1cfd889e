/** A packet that `vrrp sniff` shows, as one line in columns that line up with those before it. */
import type {
  AdvertSighting,
  CapturePacket,
  OtherSighting,
  Sighting,
} from "../../app/sniff/sniff.ts";
import { authName, checksumFlavour } from "../../app/sniff/sniff.ts";
import { formatIp, formatMac } from "../../core/addr.ts";
import { formatDurationMs } from "../../core/duration.ts";
import { printable } from "../../core/printable.ts";
import { formatTimeOfDay } from "../../core/timestamp.ts";
import type { Paint } from "../define.ts";

export interface LineStyle {
  readonly paint: Paint;
  readonly showSegment: boolean; // where there may be several
  readonly showMacs: boolean;
  readonly showSecrets: boolean;
}

/** What most adverts have been before is made only once: there may be a million of them. */
export class SniffLines {
  readonly #style: LineStyle;
  readonly #widths: number[] = [];
  #growths = 0; // of the widths: what was made before is out of line
  readonly #made = new WeakMap<AdvertSighting, Made>();

  constructor(style: LineStyle) {
    this.#style = style;
  }

  line(sighting: Sighting, { seconds, nanoseconds }: CapturePacket): string {
    const time = formatTimeOfDay(seconds, nanoseconds);
    if (sighting.kind !== "advert") return `${time} ${this.#otherText(sighting)}`;
    let made = this.#made.get(sighting);
    if (made?.revision !== sighting.revision || made.growths !== this.#growths) {
      made = this.#make(sighting);
      this.#made.set(sighting, made);
    }
    const nowMs = seconds * 1000 + nanoseconds / 1e6;
    const { master } = sighting.router;
    const age = master === undefined ? "" : ` ${ageText(nowMs - master.claimedMs)}`;
    return `${time} ${made.head}  ${(made.master + age).padEnd(made.masterWidth)}  ${made.verdict}`;
  }

  #make(sighting: AdvertSighting): Made {
    const { advert, router, speaker, revision } = sighting;
    const { showSegment, showMacs, showSecrets } = this.#style;
    const { master } = router;
    const cells = [
      ...(showSegment ? [printable(sighting.segment)] : []),
      ...(showMacs
        ? [`${advert.sourceMac ?? "no MAC"} > ${advert.destinationMac ?? "no MAC"}`]
        : []),
      `${advert.source} > ${advert.destination}`,
      `v${advert.version}`,
      `vrid ${advert.vrid}`,
      `prio ${advert.priority}`,
      `int ${formatDurationMs(advert.intervalMs)}`,
      `ttl ${advert.ttl}`,
      `auth ${authText(advert.auth, showSecrets)}`,
      `cksum ${checksumText(advert)}`,
      addressText(advert.addresses),
    ];
    const masterText =
      master === undefined
        ? "no master"
        : master === speaker
          ? "master"
          : `master ${master.advert.source}`;
    const head = this.#align(cells);
    const masterWidth = this.#width(cells.length, masterText.length + AGE_WIDTH);
    const verdict = this.#verdict(sighting);
    return { revision, growths: this.#growths, head, master: masterText, masterWidth, verdict };
  }

  #otherText(sighting: OtherSighting): string {
    const name = this.#style.showSegment ? printable(sighting.segment) : "";
    const segment = name === "" ? "" : `${name.padEnd(this.#width(0, name.length))} `;
    return `${segment}${otherWords(sighting)}  ${this.#verdict(sighting)}`;
  }

  #verdict({ reasons }: Sighting): string {
    const { paint } = this.#style;
    if (reasons.length === 0) return paint.green("ok");
    const text = printable(reasons.map((reason) => reason.text).join("; "));
    const isAlarm = reasons.some(({ level, code }) => level === "bad" || ALARMS.has(code));
    return (isAlarm ? paint.red : paint.yellow)(text);
  }

  #align(cells: readonly string[]): string {
    return cells
      .map((cell, column) => cell.padEnd(this.#width(column, cell.length)))
      .filter((cell) => cell !== "") // a column that nobody fills
      .join(" ");
  }

  /** Columns grow and never shrink, up to a limit. */
  #width(column: number, needed: number): number {
    const known = this.#widths[column] ?? 0;
    const width = Math.min(MOST_WIDTH, Math.max(known, needed));
    if (width === known) return known;
    this.#widths[column] = width;
    this.#growths += 1;
    return width;
  }
}

interface Made {
  readonly revision: number;
  readonly growths: number;
  readonly head: string;
  readonly master: string;
  readonly masterWidth: number;
  readonly verdict: string;
}

/** Whole seconds: it is told anew with each advert, so what was made once is kept. */
export function ageText(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  if (seconds >= DAY_S) return formatDurationMs(seconds * 1000);
  AGES[seconds] ??= formatDurationMs(seconds * 1000);
  return AGES[seconds] as string;
}

type Advert = AdvertSighting["advert"];

function authText(auth: Advert["auth"], showSecrets: boolean): string {
  if (auth.kind === "hmac") return `hmac key ${auth.keyId}`;
  if (auth.kind !== "simple") return authName(auth);
  const password = showSecrets ? printable(new TextDecoder().decode(auth.password)) : "********";
  return `simple "${password}"`;
}

/** Version 3 over IPv4 has two flavours: which of them it is, or both by chance; else there is one. */
function checksumText({ checksum, version, family }: Advert): string {
  const flavour = checksumFlavour(checksum);
  if (version === 3 && family === 4) return flavour === "pseudo-header" ? "pseudo" : flavour;
  if (flavour === "unknown") return flavour;
  const right = family === 6 ? checksum.pseudoHeader : checksum.bare;
  return right === true ? "ok" : "bad";
}

/** A long list would push everything else off the screen: -j has all of it. */
function addressText(addresses: readonly string[]): string {
  const shown = addresses.slice(0, MOST_ADDRESSES).join(",");
  const more = addresses.length - MOST_ADDRESSES;
  return more > 0 ? `${shown},+${more}` : shown || "no addresses";
}

function otherWords(sighting: OtherSighting): string {
  switch (sighting.kind) {
    case "carp": {
      const { source, destination, ttl, vhid, advskew, advbase } = sighting.seen;
      const ends = `${formatIp(source)} > ${formatIp(destination)}`;
      return `${ends}  CARP vhid ${vhid}  advbase ${advbase}s  advskew ${advskew}  ttl ${ttl}`;
    }
    case "claim": {
      const { family, ip, mac, manner } = sighting.seen;
      const protocol = family === 4 ? "ARP" : "ND";
      return `${protocol} ${manner}: ${formatIp(ip)} is at ${formatMac(mac)}  vrid ${sighting.router.vrid}`;
    }
    case "broken": {
      const { source, destination } = sighting.seen;
      const [from, to] = [source, destination].map((ip) => (ip === null ? "?" : formatIp(ip)));
      return `${from} > ${to}  VRRP that cannot be read`;
    }
  }
}

const ALARMS: ReadonlySet<string> = new Set(["second-master", "two-groups", "address-claimed"]);
const AGES: string[] = [];
const DAY_S = 86_400;
const AGE_WIDTH = 7; // " 12m30s"
const MOST_WIDTH = 45; // what is longer pushes only its own line out
const MOST_ADDRESSES = 4;
