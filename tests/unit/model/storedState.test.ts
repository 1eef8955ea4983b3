import fc from "fast-check";

import { StateError } from "../../../provider/errors";
import { cloudResourceType, isInput, type Values } from "../../../provider/schema/resourceType";
import {
  FORMAT,
  FORMAT_MARK,
  isNewer,
  usableState,
  type Use,
} from "../../../provider/model/storedState";
import { version } from "../../../package.json";
import { KINDS } from "../support/kinds";

const connection = cloudResourceType("IpsecSiteConnection");
const ID = "cab9ed50-fa0f-4e5f-8c13-3a3a1b2a5c4e";
const SOUND = {
  name: "office",
  vpnServiceId: "service",
  ikePolicyId: "ike",
  ipsecPolicyId: "ipsec",
  peerAddress: "203.0.113.7",
  peerId: "203.0.113.7",
  psk: "canary",
  peerCidrs: ["10.2.0.0/24"],
  adminStateUp: true,
  mtu: 1500,
  dpd: { action: "hold", interval: 30, timeout: 120 },
  timeouts: { create: "5m" },
  status: "ACTIVE",
  endpoint: "http://network.example.org",
  projectId: "project",
  __secrets: ["description"],
};
const USES: readonly Use[] = ["diff", "read", "update", "delete"];
const COMPARING: readonly Use[] = ["diff", "update"];
const LENIENT: readonly Use[] = ["read", "delete"];

function refusal(use: Use, state: Values, id = ID, secretInputs?: ReadonlySet<string>): string {
  try {
    usableState(use, connection, id, state, secretInputs);
  } catch (error) {
    if (StateError.isInstance(error)) return error.message;
    throw error;
  }
  return "it was taken";
}

describe.each(USES)("usableState for %s", (use) => {
  it("returns a sound state unchanged", () => {
    expect(usableState(use, connection, ID, SOUND)).toEqual(SOUND);
  });

  it.each([undefined, null, 1, FORMAT])("accepts the format %p", (format) => {
    const state = { ...SOUND, __format: format };
    expect(usableState(use, connection, ID, state)).toEqual(state);
  });

  it("refuses a newer format, with both numbers, the resource and the next step", () => {
    expect(refusal(use, { ...SOUND, __format: 2 })).toBe(
      `The state of IpsecSiteConnection office (${ID}) has format 2, and this pulumi-vpnaas ${version} supports formats up to 1: a newer version wrote it. ` +
        "The state was left as it is, and no request was sent to the cloud. Update the package: `npm install pulumi-vpnaas@latest`.",
    );
  });

  it("reports a newer format before any damage", () => {
    expect(refusal(use, { ...SOUND, __format: 1.5, psk: 5 }, "")).toMatch("has format 1.5");
  });

  it.each([
    ["2", "a string"],
    [[2], "a list"],
    [{}, "an object"],
    [true, "true or false"],
  ])("reports the format %j as damage", (format, is) => {
    expect(refusal(use, { ...SOUND, __format: format })).toMatch(
      ` is damaged: \`__format\` is ${is}, not a number. It was left as it is, and no request was sent to the cloud. To fix it, correct`,
    );
  });

  it.each(["a/b", "..", ".", "a?b", " ", "a b", `${ID}\n`])("refuses the id %j", (id) => {
    expect(refusal(use, SOUND, id)).toMatch(
      "The state of IpsecSiteConnection office (without a usable id) is damaged: its id is malformed. ",
    );
  });

  it("refuses an empty id and advises the next step", () => {
    expect(refusal(use, SOUND, "")).toBe(
      "The state of IpsecSiteConnection office (without a usable id) is damaged: its id is empty. It was left as it is, and no request was sent to the cloud. " +
        "To fix it, correct it between `pulumi stack export --file state.json` and `pulumi stack import --file state.json`; " +
        "or `pulumi state delete <urn>` forgets the resource and leaves the object in the cloud.",
    );
  });

  it("refuses a damaged `cloud`, which a refresh could not correct", () => {
    const message = refusal(use, { ...SOUND, cloud: 5 });
    expect(message).toMatch(
      " is damaged: `cloud` is a number, not a string. It was left as it is, and no request was sent to the cloud. To fix it, correct it ",
    );
    expect(message).not.toMatch("pulumi refresh");
  });

  it("omits a secret name from the message", () => {
    const state = { ...SOUND, name: "canary", __format: 2 };
    expect(refusal(use, state, ID, new Set(["name"]))).not.toMatch("canary");
  });

  it.each(["status", "endpoint", "projectId", "resolvedPeerAddress", "authMode"])(
    "accepts a state without %s",
    (name) => {
      const state = { ...SOUND, [name]: undefined };
      expect(usableState(use, connection, ID, state)).toEqual(state);
    },
  );

  it.each(["status", "endpoint", "resolvedPeerAddress", "unheardOf"])(
    "accepts any value of %s, which only the cloud sets",
    (name) => {
      const state = { ...SOUND, [name]: [5] };
      expect(usableState(use, connection, ID, state)).toEqual(state);
    },
  );

  it("throws only StateError, for any content of a state", () => {
    const names = [...connection.fields.map(({ name }) => name), "__secrets", "__format"];
    const states = fc.dictionary(fc.constantFrom(...names), fc.jsonValue());
    fc.assert(
      fc.property(states, fc.string(), (state, id) => {
        expect(refusal(use, { ...SOUND, ...state }, id)).toEqual(expect.any(String));
      }),
    );
  });
});

const DAMAGES: readonly (readonly [string, unknown, string])[] = [
  ["name", 5, "is a number, not a string"],
  ["psk", ["canary"], "is a list, not a string"],
  ["vpnServiceId", {}, "is an object, not a string"],
  ["adminStateUp", "yes", "is a string, not true or false"],
  ["mtu", "1500", "is a string, not a number"],
  ["peerCidrs", "canary", "is a string, not a list"],
  ["peerCidrs", [null], "contains an item that is not a string"],
  ["peerCidrs", ["10.2.0.0/24", 5], "contains an item that is not a string"],
  ["dpd", true, "is true or false, not an object"],
  ["dpd", [], "is a list, not an object"],
  [
    "dpd",
    { action: "hold", timeout: "canary" },
    "has a member `timeout` that is a string, not a number",
  ],
  ["timeouts", { delete: 5 }, "has a member `delete` that is a number, not a string"],
];

describe.each(COMPARING)("usableState before a comparison for %s", (use) => {
  it.each(DAMAGES)("refuses a damaged %s (%j)", (name, value, fault) => {
    const message = refusal(use, { ...SOUND, [name]: value });
    expect(message).toBe(
      `The state of IpsecSiteConnection ${name === "name" ? ID : `office (${ID})`} is damaged: \`${name}\` ${fault}. It was left as it is, and no request was sent to the cloud. ` +
        "`pulumi refresh` restores it from the cloud. Or correct it between `pulumi stack export --file state.json` and `pulumi stack import --file state.json`; " +
        "or `pulumi state delete <urn>` forgets the resource and leaves the object in the cloud.",
    );
  });

  it.each(["vpnServiceId", "ikePolicyId", "ipsecPolicyId"])(
    "refuses a state without %s, because the comparison would plan a replacement",
    (name) => {
      for (const nothing of [undefined, null, ""]) {
        expect(refusal(use, { ...SOUND, [name]: nothing })).toMatch(`: \`${name}\` is missing. `);
      }
    },
  );

  it.each(["psk", "peerId", "peerAddress", "name", "description", "dpd", "peerCidrs"])(
    "accepts a state without %s, which the next update sends",
    (name) => {
      expect(refusal(use, { ...SOUND, [name]: undefined })).toBe("it was taken");
    },
  );

  it("refuses a damaged `adopt`, which a refresh could not correct", () => {
    const message = refusal(use, { ...SOUND, adopt: 5 });
    expect(message).toMatch("`adopt` is a number, not a string. It was left");
    expect(message).not.toMatch("pulumi refresh");
  });

  it("requires the identifying properties of each resource type", () => {
    const lost = KINDS.map((kind) => {
      try {
        usableState(use, cloudResourceType(kind), ID, {});
        return `${kind}: nothing`;
      } catch (error) {
        return `${kind}: ${/`(\w+)` is missing/.exec((error as Error).message)?.[1]}`;
      }
    });
    expect(lost.sort()).toEqual([
      "EndpointGroup: type",
      "IkePolicy: nothing",
      "IpsecPolicy: nothing",
      "IpsecSiteConnection: vpnServiceId",
      "VpnService: routerId",
    ]);
  });
});

describe.each(LENIENT)("usableState without a comparison for %s", (use) => {
  it.each(DAMAGES)("omits a damaged %s (%j)", (name, value) => {
    const { [name]: _damaged, ...rest } = SOUND as Values;
    expect(usableState(use, connection, ID, { ...SOUND, [name]: value })).toEqual(rest);
  });

  it("keeps a damaged `adopt`, so that an adopted object stays adopted", () => {
    const state = { ...SOUND, adopt: 5 };
    expect(usableState(use, connection, ID, state)).toEqual(state);
  });

  it("accepts an empty state", () => {
    for (const kind of KINDS) expect(usableState(use, cloudResourceType(kind), ID, {})).toEqual({});
  });

  it("omits every input if all are damaged", () => {
    const given = connection.fields.filter(isInput).map(({ name }) => name);
    const damaged = Object.fromEntries(given.map((name) => [name, [[]]]));
    const { cloud: _cloud, adopt, ...others } = damaged;
    expect(usableState(use, connection, ID, { ...others, adopt, status: 5 })).toEqual({
      adopt,
      status: 5,
    });
  });
});

it.each([
  [undefined, false],
  [null, false],
  [FORMAT, false],
  [FORMAT + 1, true],
  [String(FORMAT + 1), false],
])("isNewer of the format %j is %s", (format, expected) => {
  expect(isNewer({ ...SOUND, [FORMAT_MARK]: format })).toBe(expected);
});
