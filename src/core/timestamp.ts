/** Times of packets as text: RFC 3339 in UTC, to the microsecond. */

/** `2026-11-28T09:54:06.001234Z`; what is finer is cut. Within one second it costs little. */
export const formatTimestamp = (seconds: number, nanoseconds: number): string =>
  `${wholeSecond(seconds)}.${microseconds(nanoseconds)}Z`;

/** `09:54:06.001234Z`: of lines that follow each other. */
export const formatTimeOfDay = (seconds: number, nanoseconds: number): string =>
  `${wholeSecond(seconds).slice(11)}.${microseconds(nanoseconds)}Z`;

/** The same of milliseconds since 1970, whose fractions are not exact: to the nearest microsecond. */
export function formatTimestampMs(wallMs: number): string {
  const us = Math.round(wallMs * 1000);
  const seconds = Math.floor(us / 1e6);
  return formatTimestamp(seconds, (us - seconds * 1e6) * 1000);
}

/** The same of milliseconds since 1970. */
export const formatTimeOfDayMs = (wallMs: number): string => formatTimestampMs(wallMs).slice(11);

let knownSecond = Number.NaN;
let knownText = "";

function wholeSecond(seconds: number): string {
  if (seconds === knownSecond) return knownText;
  knownSecond = seconds;
  const days = Math.floor(seconds / 86_400);
  const left = seconds - days * 86_400;
  const time = [Math.floor(left / 3600), Math.floor(left / 60) % 60, left % 60].map(two).join(":");
  knownText = `${civilDate(days)}T${time}`;
  return knownText;
}

/** Of days since 1970 in the Gregorian calendar; years begin in March, so that a leap day is the last. */
function civilDate(days: number): string {
  const shifted = days + 719_468; // since 0000-03-01
  const era = Math.floor(shifted / 146_097); // of 400 years
  const day = shifted - era * 146_097;
  const leaps = Math.floor(day / 1460) - Math.floor(day / 36_524) + Math.floor(day / 146_096);
  const year = Math.floor((day - leaps) / 365);
  const dayOfYear = day - (365 * year + Math.floor(year / 4) - Math.floor(year / 100));
  const month = Math.floor((5 * dayOfYear + 2) / 153); // from March on
  const dayOfMonth = dayOfYear - Math.floor((153 * month + 2) / 5) + 1;
  const isNextYear = month >= 10;
  const text = `${era * 400 + year + (isNextYear ? 1 : 0)}`.padStart(4, "0");
  return `${text}-${two(isNextYear ? month - 9 : month + 3)}-${two(dayOfMonth)}`;
}

const microseconds = (nanoseconds: number): string =>
  String(Math.floor(nanoseconds / 1000)).padStart(6, "0");

const two = (number: number): string => String(number).padStart(2, "0");
