import { Readable } from "node:stream";
import { setTimeout } from "node:timers/promises";
import type { FastifyReply } from "fastify";
import type { LateFault, TransportFault } from "../faults/faults";
import { drop, hang, recordStatus, respond } from "./exchange";
import type { Exchange } from "./exchange";

const HUGE_CHUNK = Buffer.alloc(1024 * 1024, "x");
const HUGE_CHUNKS = 200;

/** Time between two bytes of a body that drips, in milliseconds. */
const DRIP_MS = 100;

type Sender = (exchange: Exchange, body: object) => FastifyReply;

const SENDERS: Readonly<Record<TransportFault, Sender>> = {
  "reset-after": drop,
  "hang-after": hang,
  "cut-body": (exchange, body) => cut(exchange, JSON.stringify(body)),
  "drip-body": (exchange, body) => send(exchange, "application/json", Readable.from(drops(body))),
  "html-body": (exchange) => send(exchange, "text/html", "<!doctype html><p>Please sign in.</p>"),
  "empty-body": (exchange) => send(exchange, "application/json", ""),
  "huge-body": (exchange) => send(exchange, "application/json", Readable.from(hugeJson())),
};

/** Sends the response of an executed call, with a transport fault if there is one. */
export function sendResponse(
  exchange: Exchange,
  kind: LateFault["kind"] | undefined,
  body: object,
): FastifyReply {
  const sender = kind && (SENDERS as Partial<Record<LateFault["kind"], Sender>>)[kind];
  return sender ? sender(exchange, body) : respond(exchange, 200, body);
}

function send(exchange: Exchange, type: string, body: string | Readable): FastifyReply {
  recordStatus(exchange, 200);
  return exchange.reply.status(200).type(type).send(body);
}

/** Announces the whole body, sends half of it and drops the connection. */
function cut(exchange: Exchange, body: string): FastifyReply {
  recordStatus(exchange, 200);
  exchange.reply.hijack();
  const { raw } = exchange.reply;
  raw.writeHead(200, { "content-type": "application/json", "content-length": Buffer.byteLength(body) });
  raw.write(body.slice(0, body.length / 2), () => raw.destroy());
  return exchange.reply;
}

/** A body byte by byte: each byte arrives soon, the whole body only after a long time. */
async function* drops(body: object): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(JSON.stringify(body))) {
    yield Buffer.of(byte);
    await setTimeout(DRIP_MS);
  }
}

/** Valid JSON of about 200 MB, generated while it is sent: it ends when the client disconnects. */
function* hugeJson(): Generator<Buffer> {
  yield Buffer.from('{"object":"list","data":[],"padding":"');
  for (let sent = 0; sent < HUGE_CHUNKS; sent += 1) yield HUGE_CHUNK;
  yield Buffer.from('"}');
}
