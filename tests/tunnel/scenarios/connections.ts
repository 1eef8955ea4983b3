import { isWhole } from "../../support/harness/campaigns";
import { createConnection, officeFor, type ConnectionAttributes } from "../lab/connect";
import { OFFICE, type TunnelLab } from "../lab/lab";

/** The forms of both identities; `its address` is that of the cloud's end. */
const IDENTITIES: readonly (readonly [localId: string, peerId: string])[] = [
  ["", OFFICE.address],
  ["", "office"],
  ["cloud", "office"],
  ["cloud", OFFICE.address],
  ["its address", "office"],
  ["", "o@example.com"],
  ["", "@o@example.com"],
  ["", "#6f6666696365"],
];

/** Version of IKE, then cipher, hash and group of both policies. */
const ALGORITHMS = [
  ["v1", "aes-128", "sha1", "group5"],
  ["v2", "aes-256-gcm-16", "sha512", "group20"],
  ["v1", "3des", "sha1", "group2"],
  ["v1", "aes-256", "sha384", "group14"],
  ["v1", "aes-192", "sha256", "group15"],
  ["v2", "aes-128-ctr", "aes-xcbc", "group19"],
  ["v2", "aes-192-gcm-8", "sha256", "group21"],
  ["v2", "aes-128-ccm-12", "sha384", "group24"],
  ["v2", "aes-256", "sha512", "group31"],
].slice(0, isWhole("TUNNEL") ? undefined : 2);

/** Connections of the API, with the office as the peer command configures it. */
export function connectionScenarios(place: () => TunnelLab): void {
  let lab: TunnelLab;

  beforeAll(() => {
    lab = place();
  });
  afterEach(async () => {
    await lab.reset();
  });

  async function open(attributes: ConnectionAttributes, change = (text: string) => text) {
    const text = await officeFor(lab.cloud, await createConnection(lab, attributes));
    await lab.configureOffice(change(text));
  }

  it.each(IDENTITIES)(
    "identities: localId %j and peerId %j lead to an ACTIVE tunnel",
    async (localId, peerId) => {
      const local = (address: unknown) => (localId === "its address" ? address : localId);
      await open({ connection: (address) => ({ local_id: local(address), peer_id: peerId }) });
      await lab.cloud.untilStatus("ACTIVE");
    },
  );

  it("identities: an address in place of the name that looks like it leaves the tunnel DOWN", async () => {
    const asAddress = (text: string) => text.replaceAll(`"@${OFFICE.address}"`, OFFICE.address);
    const connection = () => ({ local_id: "cloud", peer_id: OFFICE.address });
    await open({ connection }, asAddress);
    await expect(lab.cloud.untilStatus("ACTIVE", 3)).rejects.toThrow(/N\(AUTH_FAILED\)/);
  });

  it.each(ALGORITHMS)(
    "algorithms: IKE %s with %s, %s and %s leads to an ACTIVE tunnel, and packets pass",
    async (ike_version, encryption_algorithm, auth_algorithm, pfs) => {
      const ipsec = { encryption_algorithm, auth_algorithm, pfs };
      await open({ ike: { ...ipsec, ike_version }, ipsec });
      await lab.cloud.untilStatus("ACTIVE");
      expect(await lab.ping()).toEqual({ sent: 3, received: 3 });
    },
  );

  it("dead peer detection: a killed peer makes it DOWN, and its return ACTIVE", async () => {
    await open({ connection: () => ({ dpd: { action: "restart", interval: 1, timeout: 3 } }) });
    await lab.cloud.untilStatus("ACTIVE");
    await lab.office.killDaemon();
    await lab.cloud.untilStatus("DOWN");
    await lab.office.startDaemon();
    await lab.office.swanctl("--load-all");
    await lab.cloud.untilStatus("ACTIVE");
    expect(await lab.ping()).toEqual({ sent: 3, received: 3 });
  });
}
