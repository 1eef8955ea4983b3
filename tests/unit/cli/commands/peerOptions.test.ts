import { peerOptionsOf } from "../../../../cli/commands/peerOptions";

const optionsOf = (...args: string[]) => peerOptionsOf(["--format", "swanctl", ...args]);

it("a connection of a stack, its current key and no file are the defaults", () => {
  expect(optionsOf("office", "--stack", "dev")).toMatchObject({
    format: "swanctl",
    connection: "office",
    stack: "dev",
    isInCloud: false,
    psk: "current",
    out: undefined,
    showSecrets: false,
  });
});

it("a connection of a cloud needs no stack", () => {
  expect(optionsOf("--cloud", "west", "--connection", "an-id")).toMatchObject({
    connection: "an-id",
    isInCloud: true,
    cloud: "west",
  });
});

it("networks are separated by commas", () => {
  expect(optionsOf("--networks", "10.1.0.0/24, 10.2.0.0/24").networks).toEqual([
    "10.1.0.0/24",
    "10.2.0.0/24",
  ]);
});

it("--formats needs no format", () => {
  expect(peerOptionsOf(["--formats"]).format).toBeUndefined();
});

it("a path of --out is absolute", () => {
  expect(optionsOf("--out", "office.conf").out).toMatch(/^\/.*office\.conf$/);
});

it.each([
  [[], /--format is missing: json, swanctl/],
  [["--format", "cisco"], /--format accepts json.*not "cisco"/],
  [["--format", "vyos", "a", "b"], /accepts one connection/],
  [["--format", "vyos", "a", "--connection", "b"], /--connection excludes/],
  [["--format", "vyos", "--cloud", "west"], /--cloud needs --connection/],
  [["--format", "vyos", "--psk", "last"], /--psk accepts current, next or none/],
  [["--format", "vyos", "--psk", "next", "--connection", "b"], /--psk next needs a stack/],
  [["--format", "vyos", "--networks", "10.1.0.0"], /--networks accepts networks/],
  [
    ["--format", "vyos", "--cloud-address", "any"],
    /--cloud-address accepts an IPv4 or IPv6 address, not "any"/,
  ],
  [["--format", "vyos", "--stack", ""], /--stack has no value/],
  [["--format", "vyos", "--frmat"], /--frmat/],
])("%j is refused as invalid usage", (args, message) => {
  expect(() => peerOptionsOf(args)).toThrow(message);
});

it("--peer-address accepts any", () => {
  expect(optionsOf("--peer-address", "any").peerAddress).toBe("any");
});

it("--peer-interface is a name of the device, and has no default", () => {
  expect(optionsOf("--peer-interface", "ge-0/0/0.0").peerInterface).toBe("ge-0/0/0.0");
  expect(optionsOf().peerInterface).toBeUndefined();
});
