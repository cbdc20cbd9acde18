export const SECONDS_A_DAY = 86_400;

/** Farthest time from 1970, in seconds, that a Date can hold. Source: ECMAScript, "Time Values and Time Range". */
const MAX_SECONDS = 8.64e12;

/**
 * A time that a Date can hold: the nearest one for a time that is farther away, as a certificate that never expires may
 * have. Every conversion to a Date starts here, because one that is out of range throws when it is formatted.
 * @param time Unix seconds.
 */
export function inDateRange(time: number): number {
  return Math.min(Math.max(time, -MAX_SECONDS), MAX_SECONDS);
}

/** A time in ISO 8601, such as `2027-11-02T10:00:00.000Z`. @param time Unix seconds. */
export function isoTime(time: number): string {
  return new Date(inDateRange(time) * 1000).toISOString();
}

/** A date in ISO 8601, in UTC, such as `2027-11-02`. @param time Unix seconds. */
export function isoDay(time: number): string {
  return isoTime(time).replace(/T.*$/, "");
}
