import { badRequest } from "./apiError";

const DEFAULT_LIMIT = 20;
const MAX_LIMIT = 100;

export type Query = Readonly<Record<string, unknown>>;

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly hasMore: boolean;
}

interface Listed {
  readonly id: string;
  readonly createdAt: number;
}

/** The page of `all` that a query requests. */
export function pageOf<Item extends Listed>(all: readonly Item[], query: Query): Page<Item> {
  const limit = limitOf(query);
  const ordered = all.toSorted(oldestFirst);
  if (orderOf(query) === "desc") ordered.reverse();
  const start = startOf(ordered, query);
  return { items: ordered.slice(start, start + limit), hasMore: start + limit < ordered.length };
}

export function limitOf(query: Query): number {
  const text = query["limit"];
  if (text === undefined) return DEFAULT_LIMIT;
  const limit = typeof text === "string" && /^-?\d+$/.test(text) ? Number(text) : NaN;
  if (Number.isNaN(limit)) throw badRequest("invalid_type", "limit must be an integer.", "limit");
  if (limit < 1) throw badRequest("integer_below_min_value", "limit must be at least 1.", "limit");
  if (limit > MAX_LIMIT)
    throw badRequest("integer_above_max_value", `limit must be at most ${MAX_LIMIT}.`, "limit");

  return limit;
}

function orderOf(query: Query): "asc" | "desc" {
  const order = query["order"] ?? "desc";
  if (order === "asc" || order === "desc") return order;
  throw badRequest("invalid_value", "order must be asc or desc.", "order");
}

function startOf(ordered: readonly Listed[], query: Query): number {
  const after = query["after"];
  if (after === undefined) return 0;
  const index = ordered.findIndex((item) => item.id === after);
  if (index === -1) throw badRequest("invalid_value", "after names no certificate of this list.", "after");
  return index + 1;
}

/** Many are uploaded within one second, so the id decides among equals: pages must never overlap. */
const oldestFirst = (one: Listed, other: Listed): number =>
  one.createdAt - other.createdAt || (one.id < other.id ? -1 : 1);
