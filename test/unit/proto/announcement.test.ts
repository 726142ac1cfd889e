import assert from "node:assert/strict";
import { test } from "node:test";
import {
  type AnnouncementStyle,
  announcementFrames,
  rarpFrame,
} from "../../../src/proto/announcement.ts";
import { ip, mac } from "../../support/packets.ts";
import { frameText } from "../../support/wire-text.ts";

const style = (changes: Partial<AnnouncementStyle> = {}): AnnouncementStyle => ({
  mac: mac("02:00:00:00:00:0a"),
  to: null,
  arpForm: "request",
  router: false,
  ...changes,
});
const texts = (address: string, changes: Partial<AnnouncementStyle> = {}): string[] =>
  announcementFrames(ip(address), style(changes)).map(frameText);

test("IPv4 is announced to everybody in the form of RFC 5227, as a reply or as both", () => {
  const path = "02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff";
  const request = `${path}: ARP, Announcement 192.0.2.10 is-at 02:00:00:00:00:0a`;
  const reply = `${path}: ARP, Reply 192.0.2.10 is-at 02:00:00:00:00:0a`;
  assert.deepEqual(texts("192.0.2.10"), [request]);
  assert.deepEqual(texts("192.0.2.10", { arpForm: "reply" }), [reply]);
  assert.deepEqual(texts("192.0.2.10", { arpForm: "both" }), [request, reply]);
});

test("IPv6 is announced from the address itself to all nodes, with the override flag", () => {
  const path = "02:00:00:00:00:0a > 33:33:00:00:00:01: 2001:db8::10 > ff02::1 hop limit 255";
  const what = "ICMP6, neighbor advertisement, tgt is 2001:db8::10, Flags";
  const link = "link-address 02:00:00:00:00:0a";
  assert.deepEqual(texts("2001:db8::10"), [`${path}: ${what} [override], ${link}`]);
  assert.deepEqual(texts("2001:db8::10", { router: true }), [
    `${path}: ${what} [router, override], ${link}`,
  ]);
});

test("with a receiver every frame goes to it alone", () => {
  const to = mac("02:00:00:00:00:0b");
  const frames = [
    ...announcementFrames(ip("192.0.2.10"), style({ to, arpForm: "both" })),
    ...announcementFrames(ip("2001:db8::10"), style({ to })),
    rarpFrame(style({ to })),
  ];
  assert.equal(frames.length, 4);
  for (const frame of frames) assert.deepEqual(frame.subarray(0, 6), to);
});

test("RARP teaches switches where a MAC address is and names no IP address", () => {
  const text = frameText(rarpFrame(style()));
  assert.match(
    text,
    /^02:00:00:00:00:0a > ff:ff:ff:ff:ff:ff: RARP, Request who-is 02:00:00:00:00:0a/,
  );
  assert.deepEqual(rarpFrame(style()).subarray(12, 14), Uint8Array.of(0x80, 0x35));
});
