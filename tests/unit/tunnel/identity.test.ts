import fc from "fast-check";

import {
  declaredIdsOf,
  identitiesOf,
  isSameIdentity,
  swanNotation,
} from "../../../provider/tunnel/identity";

const OWN = "203.0.113.59";
const PEER = "198.51.100.2";

// The identities that the peer must present and expect, as seen with a live Neutron API and strongSwan.
it.each([
  ["", PEER, OWN, PEER],
  ["", "office.example.com", OWN, "@office.example.com"],
  ["", "office", OWN, "@office"],
  ["cloud", "office", "@cloud", "@office"],
  ["cloud", PEER, "@cloud", `@${PEER}`],
  [OWN, "office", `@${OWN}`, "@office"],
  ["", "o@example.com", OWN, "@o@example.com"],
  ["", "@o@example.com", OWN, "@@o@example.com"],
  ["", "#6f6666696365", OWN, "@#6f6666696365"],
  [OWN, PEER, OWN, PEER],
  ["", "2001:DB8::2", OWN, "2001:db8::2"],
])("localId %j and peerId %j: the cloud presents %s and expects %s", (localId, peerId, ...both) => {
  const { local, remote } = identitiesOf({ localId, peerId }, OWN);
  expect([local, remote].map(swanNotation)).toEqual(both);
});

it("identitiesOf: the name of an address is not the address", () => {
  const named = identitiesOf({ localId: "cloud", peerId: PEER }, OWN).remote;
  const addressed = identitiesOf({ localId: "", peerId: PEER }, OWN).remote;
  expect(named.value).toBe(addressed.value);
  expect(isSameIdentity(named, addressed)).toBe(false);
});

const id = fc.oneof(
  fc.constantFrom(
    "",
    OWN,
    PEER,
    "office",
    "a.example.com",
    "o@example.com",
    "@o@example.com",
    "#6f66",
  ),
  fc.string({ minLength: 1, maxLength: 8 }),
);

it("declaredIdsOf: finds ids with the same identities for every declared pair", () => {
  fc.assert(
    fc.property(
      id,
      id.filter((one) => one !== ""),
      (localId, peerId) => {
        const identities = identitiesOf({ localId, peerId }, OWN);
        const found = declaredIdsOf(identities, OWN);
        expect(found && identitiesOf(found, OWN)).toEqual(identities);
      },
    ),
  );
});

it("declaredIdsOf: finds none for a name at one end and an address at the other", () => {
  const local = { type: "name", value: "office" } as const;
  const remote = { type: "address", value: OWN } as const;
  expect(declaredIdsOf({ local, remote }, PEER)).toBeUndefined();
});
