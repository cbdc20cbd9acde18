import { sanitize } from "./sanitize";
import { inDateRange, isoDay, SECONDS_A_DAY } from "./unixTime";

const SECONDS_A_MINUTE = 60;
const SECONDS_AN_HOUR = 3_600;

/** A certificate as messages call it: its id and, quoted, the name it was given. */
export function formatCertificate({
  id,
  name,
}: {
  readonly id: string;
  readonly name: string | null;
}): string {
  return name === null ? id : `${id} ${JSON.stringify(sanitize(name))}`;
}

/** A date in messages, followed by its distance from today. @param now Unix seconds. */
export function formatDate(time: number, now: number): string {
  const days = Math.round((inDateRange(time) - now) / SECONDS_A_DAY);
  const distance =
    days === 0 ? "today" : days > 0 ? `in ${pluralize(days, "day")}` : `${pluralize(-days, "day")} ago`;
  return `${formatDay(time)} (${distance})`;
}

/** How long ago something happened, in its largest whole unit. @param time Unix seconds. @param now Unix seconds. */
export function formatAge(time: number, now: number): string {
  const seconds = now - time;
  if (seconds < SECONDS_A_MINUTE) return "less than a minute ago";
  if (seconds < SECONDS_AN_HOUR) return `${pluralize(Math.floor(seconds / SECONDS_A_MINUTE), "minute")} ago`;
  if (seconds < SECONDS_A_DAY) return `${pluralize(Math.floor(seconds / SECONDS_AN_HOUR), "hour")} ago`;
  return `${pluralize(Math.floor(seconds / SECONDS_A_DAY), "day")} ago`;
}

/** A date, in UTC. @param time Unix seconds. */
export function formatDay(time: number): string {
  return isoDay(time);
}

/** Ids in messages, sorted. */
export function formatIds(ids: Iterable<string>): string {
  return [...ids].sort().join(", ");
}

/** A name of a certificate, of which Node.js writes each part on a line of its own. Undefined for none. */
export function formatDistinguishedName(name: string | undefined): string {
  return (name ?? "").replaceAll("\n", ", ");
}

export function pluralize(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? "" : "s"}`;
}
