import type { Values } from "../../../provider/schema/resourceType";
import { toOutputs, toWire } from "../../../provider/model/wireMapping";
import { vpnService } from "../../../provider/resources/vpnService";
import { OTHER_ID, PROJECT_ID } from "../support/builders";
import {
  aState,
  aWire,
  checkedInputs,
  reasonsOf,
  ROUTER_ID,
  someInputs,
  SUBNET_ID,
} from "../support/kinds";
import { aCloud, aUser } from "../support/givenContext";
import { compare, IN_PLACE, NONE, replacing } from "../support/givenDiff";

const KIND = "VpnService";
const ID = "an id such as 41bfef97-af4e-4f6b-a5d3-4678859d2485";
const NOT_K5 = "in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron";

it.each<["k5" | "neutron", Values]>([
  ["k5", {}],
  ["k5", { adminStateUp: false }],
  ["neutron", {}],
  ["neutron", { adminStateUp: false }],
  ["neutron", { subnetId: undefined }],
  ["neutron", { subnetId: null }],
  ["neutron", { flavorId: OTHER_ID }],
  ["neutron", { routerId: ROUTER_ID.toUpperCase() }],
])("a VPN service in the %s dialect accepts %j", (dialect, changes) => {
  expect(reasonsOf(KIND, dialect, changes)).toEqual([]);
});

it.each<["k5" | "neutron", Values, string]>([
  ["k5", { subnetId: undefined }, `subnetId: is required ${NOT_K5}`],
  ["k5", { flavorId: OTHER_ID }, `flavorId: is not an input ${NOT_K5}`],
  ["k5", { routerId: null }, "routerId: is required"],
  ["k5", { subnetId: "subnet" }, `subnetId: must be ${ID}`],
  ["neutron", { routerId: null }, "routerId: is required"],
  ["neutron", { routerId: "router" }, `routerId: must be ${ID}`],
  ["neutron", { subnetId: "" }, `subnetId: must be ${ID}`],
  ["neutron", { flavorId: "gold" }, `flavorId: must be ${ID}`],
  ["neutron", { adminStateUp: "yes" }, "adminStateUp: must be a boolean, got a string"],
  ["neutron", { externalV4Ip: "198.51.100.4" }, "externalV4Ip: is not an input"],
  ["neutron", { waitFor: "active" }, "waitFor: is not an input"],
])("a VPN service in the %s dialect refuses %j", (dialect, changes, reason) => {
  expect(reasonsOf(KIND, dialect, changes)).toEqual([reason]);
});

describe("a change of a VPN service", () => {
  it.each<[string, unknown]>([
    ["name", "branch"],
    ["description", "to the branch"],
    ["adminStateUp", false],
  ])("in %s is an update", async (name, value) => {
    expect(await compare(KIND, { [name]: value })).toMatchObject(IN_PLACE);
  });

  it.each<[string, unknown]>([
    ["subnetId", OTHER_ID],
    ["flavorId", OTHER_ID],
    ["projectId", "another"],
  ])(
    "in %s is a replacement delete-first, because a router accepts only one service",
    async (name, value) => {
      expect(await compare(KIND, { [name]: value })).toMatchObject(
        replacing([name], "delete first"),
      );
    },
  );

  it.each([
    ["subnetId", { subnetId: undefined }, aState(KIND)],
    ["flavorId", {}, aState(KIND, {}, { flavor_id: OTHER_ID })],
  ])("that removes %s is a replacement", async (name, changes, state) => {
    expect(await compare(KIND, changes, state)).toMatchObject(replacing([name], "delete first"));
  });

  it("is empty for a subnet that an adopted service has and the program never set", async () => {
    const adopted = aState(KIND, { adopt: "theirs" });
    expect(await compare(KIND, { subnetId: undefined }, adopted)).toMatchObject(NONE);
  });

  it("in its router is a replacement create-first", async () => {
    expect(await compare(KIND, { routerId: OTHER_ID })).toMatchObject(
      replacing(["routerId"], "create first"),
    );
  });

  it("without connections is a replacement delete-first", async () => {
    const unused = "it has no connection yet";
    const immutableReason = () => Promise.resolve(unused);
    expect(
      await compare(KIND, { description: "x" }, aState(KIND), { immutableReason }),
    ).toMatchObject(replacing(["description"], "delete first", unused));
  });

  it.each<[string, Values]>([
    ["an id in capitals", { routerId: ROUTER_ID.toUpperCase() }],
    ["nulls", { description: null, adminStateUp: null, flavorId: null }],
  ])("is empty for %s", async (_what, changes) => {
    expect(await compare(KIND, changes)).toMatchObject(NONE);
  });

  it.each(["PENDING_CREATE", "DOWN", "ACTIVE"])("is empty for the status %s", async (status) => {
    expect(await compare(KIND, {}, aState(KIND, {}, { status }))).toMatchObject(NONE);
  });

  it("is an update if the service ended in ERROR", async () => {
    expect(await compare(KIND, {}, aState(KIND, {}, { status: "ERROR" }))).toMatchObject(IN_PLACE);
  });
});

describe("the reason why a VPN service is immutable", () => {
  const lockedAt = (status: string, users = [aUser({ vpnservice_id: OTHER_ID })]) => {
    const service = aWire(KIND, { status });
    const { context } = aCloud(KIND, { VpnService: [service], IpsecSiteConnection: users });
    return vpnService.immutableReason!(context, service.id, {});
  };

  it("is that it stays PENDING_CREATE until its first connection", async () => {
    expect(await lockedAt("PENDING_CREATE")).toMatch(
      /^it has no connection yet, and a VPN service stays PENDING_CREATE until its first one/,
    );
  });

  it("is absent if a pending service has a connection, because it will settle", async () => {
    const user = aUser({ vpnservice_id: aWire(KIND).id });
    expect(await lockedAt("PENDING_CREATE", [user])).toBeUndefined();
  });

  it.each(["ACTIVE", "DOWN", "ERROR"])("is absent at the status %s", async (status) => {
    expect(await lockedAt(status, [])).toBeUndefined();
  });
});

it("a VPN service sends its inputs under their wire names", () => {
  const inputs = checkedInputs(KIND, { flavorId: OTHER_ID });
  expect(toWire(vpnService.definition.fields, "neutron", inputs)).toEqual({
    name: "office",
    description: "",
    admin_state_up: true,
    router_id: ROUTER_ID,
    subnet_id: SUBNET_ID,
    flavor_id: OTHER_ID,
  });
});

it("a VPN service shows its status, its flavor and the addresses for its peers", () => {
  const wire = aWire(KIND, { flavor_id: OTHER_ID, external_v6_ip: "2001:db8::4" });
  expect(toOutputs(vpnService.definition, wire, someInputs(KIND))).toEqual({
    name: "office",
    description: "",
    adminStateUp: true,
    projectId: PROJECT_ID,
    routerId: ROUTER_ID,
    subnetId: SUBNET_ID,
    flavorId: OTHER_ID,
    status: "ACTIVE",
    externalV4Ip: "198.51.100.4",
    externalV6Ip: "2001:db8::4",
  });
});

it("a VPN service has no outputs for attributes that K5 lacks", () => {
  const k5 = { external_v4_ip: undefined, external_v6_ip: undefined, flavor_id: undefined };
  const outputs = toOutputs(vpnService.definition, aWire(KIND, k5), someInputs(KIND));
  for (const name of ["externalV4Ip", "externalV6Ip", "flavorId"]) {
    expect(outputs).not.toHaveProperty(name);
  }
});

it("a change of a VPN service interrupts its own tunnels", () => {
  expect(vpnService.interruptedService!("own", {})).toBe("own");
});
