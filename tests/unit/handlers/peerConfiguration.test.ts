import { getPeerConfiguration } from "../../../provider/handlers/peerConfiguration";
import { Runtime } from "../../../provider/runtime";
import { aCloud } from "../support/givenContext";
import { aWire } from "../support/kinds";

const wires = {
  IpsecSiteConnection: aWire("IpsecSiteConnection"),
  VpnService: aWire("VpnService"),
  IkePolicy: aWire("IkePolicy"),
  IpsecPolicy: aWire("IpsecPolicy"),
};
const { id: connectionId } = wires.IpsecSiteConnection;

function setUpRuntime() {
  const { context } = aCloud("IpsecSiteConnection", {});
  const client = {
    endpoint: "http://network.example.org",
    get: ({ kind }: { kind: keyof typeof wires }) => Promise.resolve(wires[kind]),
    subnetCidr: () => Promise.resolve("10.1.0.0/24"),
  };
  const runtime = new Runtime({ stack: () => undefined, env: {}, project: "network" });
  const opened = jest
    .spyOn(runtime, "context")
    .mockResolvedValue({ ...context, client: client as never });
  return { runtime, opened };
}

it("getPeerConfiguration: returns the text for the peer of a connection", async () => {
  const { runtime } = setUpRuntime();
  const found = await getPeerConfiguration(runtime, { connectionId, format: "swanctl" });
  expect(found["text"]).toContain("remote_addrs = 198.51.100.4");
  expect(found["text"]).toContain("remote_ts = 10.1.0.0/24");
  expect(found["pskFingerprint"]).toMatch(/^[0-9a-f]{8}$/);
  expect(found["notes"]).toEqual([]);
});

it("getPeerConfiguration: uses a given key, network and address", async () => {
  const facts = { psk: "next1", networks: ["10.99.0.0/24"], cloudAddress: "192.0.2.8" };
  const { runtime } = setUpRuntime();
  const { text } = await getPeerConfiguration(runtime, { connectionId, format: "vyos", ...facts });
  expect(text).toContain("secret 'next1'");
  expect(text).toContain("remote prefix 10.99.0.0/24");
  expect(text).toContain("remote-address 192.0.2.8");
});

it.each([
  [{ format: "swanctl" }, /connectionId/],
  [{ connectionId, format: "cisco" }, /format/],
  [{ connectionId, format: "swanctl", networks: ["x"] }, /networks\[0\]/],
  [{ connectionId, format: "swanctl", colour: "red" }, /colour/],
])("getPeerConfiguration: refuses %j before it logs in", async (args, message) => {
  const { runtime, opened } = setUpRuntime();
  await expect(getPeerConfiguration(runtime, args)).rejects.toThrow(message);
  expect(opened).not.toHaveBeenCalled();
});
