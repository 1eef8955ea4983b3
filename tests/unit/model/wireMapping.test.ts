import fc from "fast-check";

import { createChecker } from "../../../provider/lifecycle/operations/check";
import type { Context } from "../../../provider/lifecycle/core/context";
import { cloudResourceType, type Values } from "../../../provider/schema/resourceType";
import {
  isShownAs,
  toInputs,
  toOutputs,
  toWire,
  fieldsToSend,
} from "../../../provider/model/wireMapping";
import { outputsOf } from "../../../provider/lifecycle/core/outputs";
import { ipsecSiteConnection } from "../../../provider/resources/ipsecSiteConnection";
import { validInputs } from "../support/arbitraries";
import {
  aConnection,
  aWireConnection,
  OTHER_ID,
  PROJECT_ID,
  sent,
  wireObject,
} from "../support/builders";
import { checked, checkedInputs, KINDS_OF_DIALECTS } from "../support/kinds";

const { definition, rules } = ipsecSiteConnection;
const { fields } = definition;
const check = createChecker(definition, rules);

function outputs(wire: Values = {}, declared: Values = {}): Values {
  return toOutputs(definition, aWireConnection(wire), aConnection(declared));
}

function field(name: string) {
  return fields.find((one) => one.name === name)!;
}

describe("toWire", () => {
  it("uses the wire names of inputs", () => {
    const inputs = aConnection({ adminStateUp: false, dpd: { action: "restart" } });
    expect(toWire(fields, "k5", inputs)).toEqual({
      name: "office",
      admin_state_up: false,
      vpnservice_id: inputs["vpnServiceId"],
      ikepolicy_id: inputs["ikePolicyId"],
      ipsecpolicy_id: inputs["ipsecPolicyId"],
      peer_address: "203.0.113.7",
      peer_id: "203.0.113.7",
      peer_cidrs: ["10.2.0.0/24"],
      psk: "correct horse battery",
      dpd: { action: "restart" },
    });
  });

  it("omits properties that the cloud does not know", () => {
    const own = { waitFor: "active", timeouts: { create: "5m" }, endpoint: "http://127.0.0.1" };
    expect(toWire(fields, "neutron", own)).toEqual({});
  });

  it.each([
    ["k5", { mtu: 1500, localId: "x", projectId: "p" }],
    ["neutron", { availabilityZone: "AZ1" }],
  ] as const)("omits properties that the %s dialect lacks: %j", (dialect, inputs) => {
    expect(toWire(fields, dialect, inputs)).toEqual({});
  });

  it("includes only the given fields", () => {
    expect(toWire([field("psk")], "k5", aConnection())).toEqual({ psk: "correct horse battery" });
  });

  it("omits null and a dpd member that is null", () => {
    const inputs = { description: null, dpd: { action: "hold", interval: null } };
    expect(toWire(fields, "k5", inputs)).toEqual({ dpd: { action: "hold" } });
  });
});

describe("toOutputs", () => {
  it("uses the property names of every value", () => {
    expect(outputs()).toEqual({
      ...aConnection(),
      description: "",
      adminStateUp: true,
      initiator: "bi-directional",
      dpd: { action: "hold", interval: 30, timeout: 120 },
      mtu: 1500,
      projectId: PROJECT_ID,
      status: "DOWN",
      authMode: "psk",
      routeMode: "static",
      resolvedPeerAddress: "203.0.113.7",
    });
  });

  it("uses project_id as the project", () => {
    expect(outputs({ project_id: "p1", tenant_id: "p2" })["projectId"]).toBe("p1");
  });

  it("omits unknown wire names", () => {
    expect(outputs({ flavor: "large" })).not.toHaveProperty("flavor");
  });

  it("keeps the declared psk if the cloud hides it", () => {
    expect(outputs({ psk: undefined })["psk"]).toBe("correct horse battery");
    expect(outputs({ psk: null })["psk"]).toBe("correct horse battery");
  });

  it("shows a drifted psk", () => {
    expect(outputs({ psk: "another" })["psk"]).toBe("another");
  });

  it.each([
    ["peerCidrs", ["10.2.0.9/24"], "peer_cidrs", ["10.2.0.0/24"]],
    ["peerCidrs", ["10.3.0.0/24", "10.2.0.0/24"], "peer_cidrs", ["10.2.0.0/24", "10.3.0.0/24"]],
    ["peerAddress", "2001:DB8::1", "peer_address", "2001:db8::1"],
    ["vpnServiceId", OTHER_ID.toUpperCase(), "vpnservice_id", OTHER_ID],
  ])("keeps the declared notation of %s: %j", (name, declared, wire, live) => {
    expect(outputs({ [wire]: live }, { [name]: declared })[name]).toEqual(declared);
  });

  it.each([
    ["peerCidrs", "peer_cidrs", ["10.9.0.0/24"]],
    ["peerAddress", "peer_address", "198.51.100.1"],
    ["description", "description", "changed by hand"],
    ["adminStateUp", "admin_state_up", false],
    ["dpd", "dpd", { action: "restart", interval: 30, timeout: 120 }],
  ])("shows the drift of %s", (name, wire, live) => {
    const declared = { description: "to the office", adminStateUp: true };
    expect(outputs({ [wire]: live }, declared)[name]).toEqual(live);
  });

  it("omits values that the response lacks", () => {
    expect(outputs({ peer_cidrs: null, status: undefined })).not.toHaveProperty("peerCidrs");
    expect(outputs({ status: undefined })).not.toHaveProperty("status");
  });

  it("copies values that only program and state have", () => {
    const own = { waitFor: "active", timeouts: { create: "5m" }, endpoint: "http://127.0.0.1" };
    expect(outputs({}, own)).toMatchObject(own);
  });
});

describe("toOutputs: a peer with a host name", () => {
  const declared = { peerAddress: "vpn.example.org" };

  it("keeps its host name in addition to the resolved address", () => {
    expect(outputs({ peer_address: "198.51.100.1" }, declared)).toMatchObject({
      peerAddress: "vpn.example.org",
      resolvedPeerAddress: "198.51.100.1",
    });
  });

  it("keeps its host name while the address stays", () => {
    const first = outputs({ peer_address: "198.51.100.1" }, declared);
    expect(outputs({ peer_address: "198.51.100.1" }, first)).toEqual(first);
  });

  it("shows another address as drift", () => {
    const first = outputs({ peer_address: "198.51.100.1" }, declared);
    expect(outputs({ peer_address: "198.51.100.2" }, first)).toMatchObject({
      peerAddress: "198.51.100.2",
      resolvedPeerAddress: "198.51.100.2",
    });
  });
});

it("outputsOf records the endpoint of the request", () => {
  const context = {
    resource: ipsecSiteConnection,
    client: { endpoint: "http://127.0.0.1:9696" },
  } as unknown as Context;
  const written = outputsOf(context, aWireConnection(), { endpoint: "http://127.0.0.1:1" });
  expect(written["endpoint"]).toBe("http://127.0.0.1:9696");
});

describe("toInputs", () => {
  it("returns valid inputs of a program", () => {
    const inputs = toInputs(definition, "k5", outputs({ availability_zone: "AZ1" }));
    expect(check(inputs, "k5").failures).toEqual([]);
    expect(inputs).toMatchObject(aConnection());
  });

  it("omits the networks if endpoint groups replace them", () => {
    const groups = { local_ep_group_id: OTHER_ID, peer_ep_group_id: OTHER_ID, peer_cidrs: [] };
    const inputs = toInputs(definition, "neutron", outputs(groups, { peerCidrs: undefined }));
    expect(check(inputs, "neutron").failures).toEqual([]);
  });

  it("omits properties that only the cloud sets", () => {
    const inputs = toInputs(definition, "neutron", { ...outputs(), endpoint: "http://127.0.0.1" });
    const names = ["status", "authMode", "routeMode", "resolvedPeerAddress", "endpoint"];
    for (const name of names) expect(inputs).not.toHaveProperty(name);
  });

  it("omits values that the cloud may have chosen", () => {
    const all = outputs({ availability_zone: "AZ1" });
    expect(toInputs(definition, "k5", all)).not.toHaveProperty("availabilityZone");
    expect(toInputs(definition, "neutron", all)).not.toHaveProperty("projectId");
  });

  it("keeps values that only program and state have", () => {
    const own = { waitFor: "active", timeouts: { create: "5m" } };
    expect(toInputs(definition, "k5", outputs({}, own))).toMatchObject(own);
  });

  it("omits inputs that the dialect lacks", () => {
    expect(toInputs(definition, "k5", outputs())).not.toHaveProperty("mtu");
    expect(toInputs(definition, "neutron", outputs())).toHaveProperty("mtu", 1500);
  });
});

describe("isShownAs", () => {
  it("is true for the same value in another notation", () => {
    expect(isShownAs(field("peerCidrs"), aWireConnection(), ["10.2.0.7/24"])).toBe(true);
  });

  it("is false for another value", () => {
    expect(isShownAs(field("description"), aWireConnection(), "another")).toBe(false);
  });

  it("is true for a host name, but not exactly", () => {
    const [address, wire] = [field("peerAddress"), aWireConnection()];
    expect(isShownAs(address, wire, "vpn.example.org")).toBe(true);
    expect(isShownAs(address, wire, "vpn.example.org", "exactly")).toBe(false);
  });

  it.each([undefined, null])("is true for a psk shown as %s, but not exactly", (psk) => {
    const wire = aWireConnection({ psk });
    expect(isShownAs(field("psk"), wire, "another")).toBe(true);
    expect(isShownAs(field("psk"), wire, "another", "exactly")).toBe(false);
  });
});

it("fieldsToSend returns the fields that the cloud does not show exactly and that PUT accepts", () => {
  const wire = aWireConnection({ psk: undefined, peer_address: "203.0.113.9" });
  const inputs = aConnection({ peerAddress: "vpn.example.org", waitFor: "active" });
  expect(fieldsToSend(fields, wire, inputs).map(({ name }) => name)).toEqual(
    expect.arrayContaining(["peerAddress", "psk"]),
  );
  expect(fieldsToSend([field("waitFor"), field("name")], wire, inputs)).toEqual([]);
});

it.each(KINDS_OF_DIALECTS)("toOutputs and toWire keep a %s of the API unchanged (%s)", (...row) => {
  const [kind, dialect] = row;
  const own = cloudResourceType(kind);
  fc.assert(
    fc.property(validInputs(kind, dialect), (given) => {
      const inputs = checkedInputs(kind, given, dialect);
      const wire = wireObject(sent(toWire(own.fields, dialect, inputs)));
      const made: Values = toOutputs(own, wire, inputs);
      expect(toWire(own.fields, dialect, made)).toEqual(wire);
      const again: Values = toOutputs(own, wire, made);
      expect(toWire(own.fields, dialect, again)).toEqual(wire);
    }),
    { numRuns: 60 },
  );
});

it.each(KINDS_OF_DIALECTS)(
  "toInputs returns inputs of a %s with the same meaning as the declared ones (%s)",
  (...row) => {
    const [kind, dialect] = row;
    const own = cloudResourceType(kind);
    fc.assert(
      fc.property(validInputs(kind, dialect), (given) => {
        const inputs = checkedInputs(kind, given, dialect);
        const answer = wireObject(sent(toWire(own.fields, dialect, inputs)));
        const back = toInputs(own, dialect, toOutputs(own, answer, inputs));
        const kept = own.fields.filter(({ chosen }) => !chosen);
        const again = checked(kind, back, dialect);
        expect(again.failures).toEqual([]);
        for (const { name } of kept)
          expect(again.inputs[name] ?? null).toEqual(inputs[name] ?? null);
      }),
      { numRuns: 60 },
    );
  },
);
