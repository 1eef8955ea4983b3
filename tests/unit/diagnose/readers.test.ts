import { PeerFileError, readPeerFiles } from "../../../provider/diagnose/readers";
import type { PeerSettings } from "../../../provider/diagnose/peerSettings";
import { PEER_RULES } from "../../../provider/diagnose/rules";
import type { FormatName } from "../../../provider/tunnel/formats";
import { PeerFormatError, peerConfigurationOf } from "../../../provider/tunnel/peerConfiguration";
import type { TunnelView } from "../../../provider/tunnel/tunnelView";
import { valuesOf } from "../../../provider/tunnel/words";
import { aTunnel, type TunnelParameters } from "../support/tunnels";

const CLOUD = "203.0.113.59";
const READABLE: readonly FormatName[] = ["json", "swanctl", "ipsec.conf", "libreswan", "vyos"];

function read(...texts: string[]): PeerSettings[] {
  const files = texts.map((text, i) => ({ name: `file${i}`, text }));
  return readPeerFiles(files, CLOUD);
}

/** The text of a format; undefined if it cannot express the tunnel. */
function textOf(view: TunnelView, format: FormatName): string | undefined {
  try {
    return peerConfigurationOf(view, format).text;
  } catch (error) {
    if (PeerFormatError.isInstance(error)) return undefined;
    throw error;
  }
}

/** The findings on a peer that its own export configures. */
function differencesAfterExport(over: TunnelParameters, format: FormatName) {
  const cloud = aTunnel(over);
  const text = textOf(cloud, format);
  if (text === undefined) return [];
  const [peer, ...others] = read(text);
  expect(others).toEqual([]);
  return PEER_RULES.flatMap((rule) => rule({ cloud, peer: peer! })).filter(
    ({ verdict, property, text: reason }) =>
      verdict !== "ok" && property !== "psk" && !reason.includes("ikev1-policy"),
  );
}

describe.each(READABLE)("%s", (format) => {
  it.each(["EncryptionAlgorithm", "AuthAlgorithm", "DhGroup"] as const)(
    "an export with any %s reads back without a difference",
    (type) => {
      const property = {
        EncryptionAlgorithm: "encryptionAlgorithm",
        AuthAlgorithm: "authAlgorithm",
        DhGroup: "pfs",
      }[type];
      for (const { value } of valuesOf(type)) {
        for (const ikeVersion of ["v1", "v2"]) {
          const connection = { psk: "" };
          const chosen = { [property]: value };
          const tunnels = [
            { connection, ikePolicy: { ikeVersion, ...chosen } },
            { connection, ikePolicy: { ikeVersion }, ipsecPolicy: chosen },
          ];
          for (const over of tunnels) {
            expect([value, differencesAfterExport(over, format)]).toEqual([value, []]);
          }
        }
      }
    },
  );

  it.each([
    ["names", { connection: { psk: "", peerId: "office.example.com", localId: "cloud" } }],
    [
      "a name that looks like an address",
      { connection: { psk: "", peerId: "198.51.100.2", localId: "cloud" } },
    ],
    ["an e-mail address", { connection: { psk: "", peerId: "@o@example.com", localId: "cloud" } }],
    ["a key id", { connection: { psk: "", peerId: "#6f66", localId: "cloud" } }],
    [
      "several networks",
      {
        connection: { psk: "", peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
        localNetworks: ["10.10.0.0/24", "10.11.0.0/24"],
      },
    ],
    [
      "several networks in IKE v1",
      {
        connection: { psk: "", peerCidrs: ["10.2.0.0/24", "10.3.0.0/24"] },
        ikePolicy: { ikeVersion: "v1" },
      },
    ],
    [
      "the aggressive mode",
      {
        connection: { psk: "" },
        ikePolicy: { ikeVersion: "v1", phase1NegotiationMode: "aggressive" },
      },
    ],
    ["AH", { connection: { psk: "" }, ipsecPolicy: { transformProtocol: "ah" } }],
    [
      "the transport mode",
      { connection: { psk: "" }, ipsecPolicy: { encapsulationMode: "transport" } },
    ],
    [
      "IPv6",
      {
        connection: {
          psk: "",
          peerAddress: "2001:db8::2",
          peerId: "2001:db8::2",
          peerCidrs: ["fd00:2::/64"],
        },
        localNetworks: ["fd00:1::/64"],
      },
    ],
  ] as readonly [string, TunnelParameters][])(
    "an export with %s reads back without a difference",
    (_title, over) => {
      expect(differencesAfterExport(over, format)).toEqual([]);
    },
  );

  it("an export reads back with its key", () => {
    const psk = format === "vyos" ? "any key" : 'any "key" \\ #1';
    const view = aTunnel({ connection: { psk } });
    const secrets = ["ipsec.conf", "libreswan"].includes(format)
      ? [textOf(view, "ipsec.secrets")!]
      : [];
    expect(read(textOf(view, format)!, ...secrets)[0]!.psk).toBe(psk);
  });
});

describe("swanctl.conf of other authors", () => {
  it("values of a referenced section count, and comments and quotes do not", () => {
    const [office] = read(`
templates { common { version = 1 # the old one
    proposals = aes256-sha256-modp2048, aes128-sha1-modp1024 } }
connections {
  office : templates.common {
    remote_addrs = ${CLOUD}
    local { id = "office # 1" }
    children { net { local_ts = 10.2.0.0/24[tcp/80], 10.3.0.0/24 } }
  }
}`);
    expect(office).toMatchObject({
      name: "office",
      local: { identity: { type: "name", value: "office # 1" } },
      remote: { addresses: [CLOUD], identity: { type: "address", value: CLOUD } },
      ike: { versions: ["v1"] },
      children: [{ local: ["10.2.0.0/24", "10.3.0.0/24"] }],
    });
    expect(office!.ike.proposals!.list.map(({ group }) => group)).toEqual([
      ["group14"],
      ["group2"],
    ]);
  });

  it("the key with the most matching identities is the key of a connection", () => {
    const [office] = read(`
connections {
  office {
    local { id = office.example.com }
    remote { id = cloud.example.com }
  }
}
secrets {
  ike-any { secret = any }
  ike-one { id = @office.example.com
    secret = one }
  ike-both { id-a = office.example.com
    id-b = cloud.example.com
    secret = 0x626f7468 }
  ike-other { id = other.example.com
    secret = other }
}`);
    expect(office!.psk).toBe("both");
  });

  it("a section that is not closed is an error with its line, and without the text", () => {
    const broken = "connections {\n  office {\n    secret = Canary0key\n";
    expect(() => read(broken)).toThrow(PeerFileError);
    expect(() => read(broken)).toThrow(/file0 cannot be read as swanctl\.conf: line 3 leaves/);
    expect(() => read(broken)).not.toThrow(/Canary/);
  });
});

describe("ipsec.conf of other authors", () => {
  it.each(["ipsec.conf", "libreswan"] as const)(
    "%s followed by ipsec.secrets in the same text: the key is that of the connection",
    (format) => {
      const view = aTunnel({ connection: { psk: "a key = another" } });
      const [peer] = read(textOf(view, format)! + textOf(view, "ipsec.secrets")!);
      expect(peer).toMatchObject({ name: "office", psk: "a key = another" });
    },
  );

  it("%default and also count, and parts of other connections are not connections", () => {
    const all = read(`
config setup
  uniqueids=no
conn %default
  keyexchange=ikev1
  ikelifetime=8h
conn common
  left=%defaultroute
  leftid=@office
  right=${CLOUD}
conn one
  also=common
  leftsubnet=10.2.0.0/24
  auto=start
conn two
  also=common
  leftsubnet=10.3.0.0/24
  auto=route
`);
    expect(all).toHaveLength(1);
    expect(all[0]).toMatchObject({
      name: "one",
      local: { identity: { type: "name", value: "office" } },
      ike: { versions: ["v1"], lifetime: 28_800 },
      children: [{ local: ["10.2.0.0/24"] }, { local: ["10.3.0.0/24"] }],
      initiates: true,
    });
    expect(all[0]!.local.addresses).toBeUndefined();
  });

  it("the side with the address of the cloud is not the peer's", () => {
    const [office] = read(`
conn office
  left=${CLOUD}
  leftsubnet=10.10.0.0/24
  right=198.51.100.2
  rightsubnet=10.2.0.0/24
  auto=add
`);
    expect(office).toMatchObject({
      local: { addresses: ["198.51.100.2"] },
      children: [{ local: ["10.2.0.0/24"], remote: ["10.10.0.0/24"] }],
      initiates: false,
    });
  });

  it("strongSwan adds its defaults to a proposal without an exclamation mark", () => {
    const proposals = (ike: string) => read(`conn a\n  ike=${ike}\n`)[0]!.ike.proposals!;
    expect(proposals("aes256-sha256-modp2048").hasDefaults).toBe(true);
    expect(proposals("aes256-sha256-modp2048!").hasDefaults).toBe(false);
  });

  it("libreswan has the group of phase 1 in phase 2, except with pfs=no", () => {
    const groups = (line: string) =>
      read(`conn a\n  ikev2=insist\n  ike=aes256-sha2;dh19\n  phase2alg=aes256-sha2\n${line}`)[0]!
        .children[0]!.proposals!.list[0]!.group;
    expect(groups("")).toEqual(["group19"]);
    expect(groups("  pfs=no\n")).toEqual([]);
  });

  it("without an identity, an end has that of its address", () => {
    const [a] = read("conn a\n  left=198.51.100.2\n  right=%any\n");
    expect(a!.local.identity).toEqual({ type: "address", value: "198.51.100.2" });
    expect(a!.remote).toEqual({});
  });
});

describe("commands of VyOS by other authors", () => {
  it("pfs enable means the group of phase 1, and disable none", () => {
    const groups = (pfs: string) =>
      read(`
set vpn ipsec ike-group I proposal 1 dh-group '19'
set vpn ipsec esp-group E pfs '${pfs}'
set vpn ipsec esp-group E proposal 1 encryption 'aes256'
set vpn ipsec site-to-site peer office ike-group 'I'
set vpn ipsec site-to-site peer office default-esp-group 'E'
set vpn ipsec site-to-site peer office tunnel 0 local prefix '10.2.0.0/24'
`)[0]!.children[0]!.proposals!.list[0]!.group;
    expect(groups("enable")).toEqual(["group19"]);
    expect(groups("disable")).toEqual([]);
    expect(groups("dh-group5")).toEqual(["group5"]);
  });

  it("an interface of the type VTI carries every network", () => {
    const [office] = read("set vpn ipsec site-to-site peer office vti bind 'vti0'\n");
    expect(office!.children[0]).toMatchObject({ remote: ["0.0.0.0/0", "::/0"] });
  });
});

describe("a file", () => {
  it.each([
    [
      "of another format",
      "interface Tunnel0\n ip address 10.0.0.1\n",
      /has no format that can be read: json/,
    ],
    ["of broken JSON", '{"psk": "Canary0key"', /cannot be read as json: it is not valid JSON/],
    ["of other JSON", '{"psk": "Canary0key"}', /it is not the view of a peer's end/],
  ])("%s is an error without its text", (_title, text, message) => {
    expect(() => read(text)).toThrow(message);
    expect(() => read(text)).not.toThrow(/Canary/);
  });

  it("of comments alone has no connection", () => {
    expect(read("# nothing yet\n\n")).toEqual([]);
  });

  it("a word that schema.json does not know stays as it is", () => {
    const [a] = read("conn a\n  ike=chacha20poly1305-prfsha512-curve25519!\n");
    expect(a!.ike.proposals!.list).toEqual([
      { encryption: ["chacha20poly1305"], integrity: ["sha512"], group: ["group31"] },
    ]);
  });
});
