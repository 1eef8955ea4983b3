import { createSocket, type Socket } from "node:dgram";
import { once } from "node:events";

import { diagnose } from "../../../provider/diagnose/diagnose";
import { firstPacket } from "../../../provider/diagnose/probe/packets";
import { probe } from "../../../provider/diagnose/probe/probe";
import { valuesOf } from "../../../provider/tunnel/words";
import { aCloudEnd } from "../support/cloudEnds";
import { aTunnel, type TunnelParameters } from "../support/tunnels";

const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.close();
});

/** A packet of the same negotiation: a header, and one payload of a type. */
function packetFor(request: Buffer, type: number, body: Buffer): Buffer {
  const packet = Buffer.alloc(32 + body.length);
  request.copy(packet, 0, 0, 28);
  packet[16] = type;
  packet.writeUInt32BE(packet.length, 24);
  packet.writeUInt16BE(4 + body.length, 30);
  body.copy(packet, 32);
  return packet;
}

/** A notification of IKE v2. */
function notice(type: number, data = Buffer.alloc(0)): Buffer {
  return Buffer.concat([Buffer.of(0, 0, type >> 8, type & 0xff), data]);
}

/** An end on loopback that answers each packet, and the received packets. */
async function anEnd(answer: (request: Buffer) => Buffer | undefined) {
  const received: Buffer[] = [];
  const socket = createSocket("udp4");
  sockets.push(socket);
  socket.on("message", (request, { port, address }) => {
    received.push(request);
    const packet = answer(request);
    if (packet !== undefined) socket.send(packet, port, address);
  });
  socket.bind(0, "127.0.0.1");
  await once(socket, "listening");
  return { port: socket.address().port, received };
}

/** The finding of a probe of an end on loopback. */
function findingOf(port: number, over: TunnelParameters = {}, attempts = 3) {
  const view = aTunnel({ ...over, service: { externalV4Ip: "127.0.0.1" } });
  return probe(view, { port, waitMs: 50, attempts });
}

const SA = 33;
const NOTIFY = 41;

it("an accepted proposal: the probe agrees", async () => {
  const { port } = await anEnd((request) => packetFor(request, SA, Buffer.alloc(8)));
  expect(await findingOf(port)).toMatchObject({
    verdict: "ok",
    cloud: `UDP ${port} of 127.0.0.1 accepts the proposal of phase 1`,
  });
});

it("NO_PROPOSAL_CHOSEN: a problem that names both reasons and the peer's address", async () => {
  const { port } = await anEnd((request) => packetFor(request, NOTIFY, notice(14)));
  const { verdict, text, cure } = await findingOf(port);
  expect(verdict).toBe("problem");
  expect(text).toMatch(/no connection for the address of this host, or another proposal/);
  expect(cure).toContain("198.51.100.2");
});

it("NO_PROPOSAL_CHOSEN of IKE v1: a problem as well", async () => {
  const body = Buffer.concat([Buffer.of(0, 0, 0, 1, 1, 0), Buffer.of(0, 14)]);
  const { port } = await anEnd((request) => packetFor(request, 11, body));
  const { verdict, text } = await findingOf(port, { ikePolicy: { ikeVersion: "v1" } });
  expect([verdict, text]).toEqual(["problem", expect.stringContaining("NO_PROPOSAL_CHOSEN")]);
});

it("no answer: every attempt is sent, then a problem names the firewalls", async () => {
  const { port, received } = await anEnd(() => undefined);
  const { verdict, text, cure } = await findingOf(port, {}, 2);
  expect([verdict, text]).toEqual([
    "problem",
    `Nothing came back from UDP ${port} of 127.0.0.1 in 2 attempts.`,
  ]);
  expect(cure).toContain("firewalls");
  expect(received).toHaveLength(2);
});

it("a cookie: is sent back before the payloads of the same request", async () => {
  const cookie = Buffer.from("cookie of the end");
  const { port, received } = await anEnd((request) =>
    request[16] === NOTIFY
      ? packetFor(request, SA, Buffer.alloc(8))
      : packetFor(request, NOTIFY, notice(16_390, cookie)),
  );
  expect(await findingOf(port)).toMatchObject({ verdict: "ok" });
  const [first, second] = received as [Buffer, Buffer];
  expect(second.subarray(36, 36 + cookie.length)).toEqual(cookie);
  expect(second.subarray(36 + cookie.length)).toEqual(first.subarray(28));
  expect(second.readUInt32BE(24)).toBe(second.length);
});

it("a packet of another negotiation: does not count", async () => {
  const { port } = await anEnd((request) => packetFor(Buffer.alloc(28, request[17]), SA, request));
  expect((await findingOf(port, {}, 1)).text).toMatch(/^Nothing came back/);
});

it.each(["v1", "v2"])("the first packet of IKE %s: has the length of its header", (ikeVersion) => {
  const packet = firstPacket(aTunnel({ ikePolicy: { ikeVersion } }).ike)!;
  expect(packet.readUInt32BE(24)).toBe(packet.length);
});

it.each([
  ["EncryptionAlgorithm", "encryptionAlgorithm"],
  ["AuthAlgorithm", "authAlgorithm"],
  ["DhGroup", "pfs"],
] as const)("IKE v2: has a first packet for every %s, each another one", (type, property) => {
  const proposals = valuesOf(type).map(({ value }) => {
    const { ike } = aTunnel({ ikePolicy: { ikeVersion: "v2", [property]: value } });
    const packet = firstPacket(ike)!;
    return packet.subarray(28, 28 + packet.readUInt16BE(30)).toString("hex");
  });
  expect(new Set(proposals).size).toBe(valuesOf(type).length);
});

it("a value without a number in IKE v1: nothing is sent", async () => {
  const { port, received } = await anEnd(() => undefined);
  const over = { ikePolicy: { ikeVersion: "v1", encryptionAlgorithm: "aes-256-gcm-16" } };
  expect(await findingOf(port, over)).toMatchObject({ verdict: "open", property: "probe" });
  expect(received).toEqual([]);
});

it("a probe without an answer is an open question while the tunnel is ACTIVE", async () => {
  const { port } = await anEnd(() => undefined);
  const end = aCloudEnd({ connection: { status: "ACTIVE" } });
  const { findings } = diagnose(end, { probe: await findingOf(port, {}, 1) });
  expect(findings.map(({ verdict }) => verdict)).toEqual(["open", "open"]);
});
