import { randomBytes } from "node:crypto";

import type { IkeParameters } from "../../tunnel/tunnelView";
import { publicValue, v1Numbers, v2Numbers } from "./transforms";

/**
 * The answer to a probe: the proposal is accepted, it is refused (NO_PROPOSAL_CHOSEN), or the end
 * answers something else. A cookie is to be sent back with the request (RFC 7296, section 2.6).
 */
export type ProbeAnswer = "accepted" | "refused" | "other" | { readonly cookie: Buffer };

/**
 * The first packet of a negotiation with the policy's proposal (RFC 7296, RFC 2409). It contains no
 * secret. Undefined if the version has no number for a value.
 */
export function firstPacket(ike: IkeParameters): Buffer | undefined {
  return ike.version === "v1" ? v1Packet(ike) : v2Packet(ike);
}

/** The answer in a packet; undefined if it does not belong to the request. */
export function answerIn(packet: Buffer, request: Buffer): ProbeAnswer | undefined {
  if (packet.length < HEADER || !packet.subarray(0, 8).equals(request.subarray(0, 8))) {
    return undefined;
  }
  const isV1 = request[17] === V1;
  const [sa, notify] = isV1 ? [1, 11] : [33, 41];
  for (const { type, body } of payloadsOf(packet)) {
    if (type === sa) return "accepted";
    if (type === notify) {
      const at = isV1 ? 6 : 2;
      const notice = body.length >= at + 2 ? body.readUInt16BE(at) : undefined;
      if (notice === COOKIE) return { cookie: body.subarray(at + 2) };
      return notice === NO_PROPOSAL_CHOSEN ? "refused" : "other";
    }
  }
  return "other";
}

/** A request of IKE v2 with the cookie of an answer before its payloads. */
export function withCookie(request: Buffer, cookie: Buffer): Buffer {
  const notice = Buffer.of(0, 0, COOKIE >> 8, COOKIE & 0xff);
  const payload = item(request[16]!, [notice, cookie]);
  const all = Buffer.concat([request.subarray(0, HEADER), payload, request.subarray(HEADER)]);
  all[16] = 41;
  all.writeUInt32BE(all.length, 24);
  return all;
}

const HEADER = 28;
const V1 = 0x10;
const V2 = 0x20;
const NO_PROPOSAL_CHOSEN = 14;
const COOKIE = 16_390;

function v2Packet(ike: IkeParameters): Buffer | undefined {
  const numbers = v2Numbers(ike);
  const key = numbers === undefined ? undefined : publicValue(numbers.group);
  if (numbers === undefined || key === undefined) return undefined;
  const { encryption, keyLength, prf, integrity, group } = numbers;
  const types = [
    [1, encryption, keyLength],
    [2, prf, undefined],
    ...(integrity === undefined ? [] : [[3, integrity, undefined] as const]),
    [4, group, undefined],
  ] as const;
  const transforms = types.map(([type, id, bits], i) =>
    item(i < types.length - 1 ? 3 : 0, [
      Buffer.of(type, 0, 0, id),
      ...(bits === undefined ? [] : [attribute(14, bits)]),
    ]),
  );
  const proposal = item(0, [Buffer.of(1, 1, 0, types.length), ...transforms]);
  return packet(V2, 34, 0x08, [
    [33, proposal],
    [34, Buffer.concat([Buffer.of(0, group, 0, 0), key])],
    [40, randomBytes(32)],
  ]);
}

function v1Packet(ike: IkeParameters): Buffer | undefined {
  const numbers = v1Numbers(ike);
  if (numbers === undefined) return undefined;
  const { encryption, keyLength, hash, group } = numbers;
  const transform = item(0, [
    Buffer.of(1, 1, 0, 0),
    attribute(1, encryption),
    ...(keyLength === undefined ? [] : [attribute(14, keyLength)]),
    attribute(2, hash),
    attribute(3, 1),
    attribute(4, group),
    attribute(11, 1),
    attribute(12, Math.min(ike.lifetime, 0xffff)),
  ]);
  const proposal = item(0, [Buffer.of(1, 1, 0, 1), transform]);
  const situation = Buffer.of(0, 0, 0, 1, 0, 0, 0, 1);
  return packet(V1, 2, 0, [[1, Buffer.concat([situation, proposal])]]);
}

/** A whole packet with a new SPI; `payloads` are types and bodies. */
function packet(
  version: number,
  exchange: number,
  flags: number,
  payloads: readonly (readonly [type: number, body: Buffer])[],
): Buffer {
  const bodies = payloads.map(([, body], i) => item(payloads[i + 1]?.[0] ?? 0, [body]));
  const length = HEADER + bodies.reduce((sum, one) => sum + one.length, 0);
  const head = Buffer.alloc(HEADER);
  randomBytes(8).copy(head);
  head.set([payloads[0]![0], version, exchange, flags], 16);
  head.writeUInt32BE(length, 24);
  return Buffer.concat([head, ...bodies]);
}

/** A payload, proposal or transform: the number of the next one, a zero, the length, the parts. */
function item(next: number, parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const head = Buffer.of(next, 0, 0, 0);
  head.writeUInt16BE(body.length + 4, 2);
  return Buffer.concat([head, body]);
}

/** An attribute with a short value. */
function attribute(type: number, value: number): Buffer {
  const all = Buffer.alloc(4);
  all.writeUInt16BE(0x8000 | type);
  all.writeUInt16BE(value, 2);
  return all;
}

function* payloadsOf(packet: Buffer): Generator<{ type: number; body: Buffer }> {
  let type = packet[16]!;
  let at = HEADER;
  while (type !== 0 && at + 4 <= packet.length) {
    const length = packet.readUInt16BE(at + 2);
    if (length < 4 || at + length > packet.length) return;
    yield { type, body: packet.subarray(at + 4, at + length) };
    type = packet[at]!;
    at += length;
  }
}
