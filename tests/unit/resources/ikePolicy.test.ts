import type { Values } from "../../../provider/schema/resourceType";
import { changedFields } from "../../../provider/lifecycle/operations/diff";
import { toOutputs, toWire } from "../../../provider/model/wireMapping";
import { ikePolicy } from "../../../provider/resources/ikePolicy";
import { PROJECT_ID } from "../support/builders";
import { aState, aWire, checked, checkedInputs, reasonsOf, someInputs } from "../support/kinds";
import { anEnvironment } from "../support/givenDiff";

it("an IKE policy requires no input", () => {
  expect(checked("IkePolicy", {}).failures).toEqual([]);
});

it("an IKE policy uses IKE v1 in main mode by default", () => {
  expect(checkedInputs("IkePolicy")).toMatchObject({
    ikeVersion: "v1",
    phase1NegotiationMode: "main",
  });
});

it.each(["k5", "neutron"] as const)(
  "an IKE policy accepts both versions of IKE in the %s dialect",
  (dialect) => {
    for (const ikeVersion of ["v1", "v2"]) {
      expect(reasonsOf("IkePolicy", dialect, { ikeVersion })).toEqual([]);
    }
  },
);

it("an IKE policy accepts aggressive mode, known since Victoria, in the neutron dialect", () => {
  expect(reasonsOf("IkePolicy", "neutron", { phase1NegotiationMode: "aggressive" })).toEqual([]);
});

it("an IKE policy accepts only main mode in the k5 dialect", () => {
  expect(reasonsOf("IkePolicy", "k5", { phase1NegotiationMode: "main" })).toEqual([]);
  expect(reasonsOf("IkePolicy", "k5", { phase1NegotiationMode: "aggressive" })).toEqual([
    "phase1NegotiationMode: must be one of main in the k5 dialect. If this cloud is not K5, set vpnaas:dialect to neutron",
  ]);
});

it.each<[Values, string]>([
  [{ ikeVersion: "v3" }, "ikeVersion: must be one of v1, v2"],
  [{ ikeVersion: 2 }, "ikeVersion: must be one of v1, v2"],
  [{ phase1NegotiationMode: "fast" }, "phase1NegotiationMode: must be one of main, aggressive"],
  [{ encapsulationMode: "tunnel" }, "encapsulationMode: is not an input"],
  [{ transformProtocol: "esp" }, "transformProtocol: is not an input"],
])("an IKE policy refuses %j", (changes, reason) => {
  expect(reasonsOf("IkePolicy", "neutron", changes)[0]).toBe(reason);
});

it("an IKE policy warns about aggressive mode", () => {
  const changes = { phase1NegotiationMode: "aggressive" };
  expect(checked("IkePolicy", someInputs("IkePolicy", changes)).warnings).toEqual([
    {
      key: "phase1NegotiationMode aggressive",
      line: expect.stringMatching(
        /^phase1NegotiationMode aggressive: .*guess the psk.*Use main/,
      ) as string,
    },
  ]);
});

it.each([
  ["aes-256-gcm-16", "v1", 1],
  ["aes-256-ccm-8", "v1", 1],
  ["aes-256-gcm-16", "v2", 0],
  ["aes-256-ctr", "v1", 0],
])("an IKE policy with %s and IKE %s has %s warnings", (encryptionAlgorithm, ikeVersion, count) => {
  const { warnings, failures } = checked(
    "IkePolicy",
    someInputs("IkePolicy", { encryptionAlgorithm, ikeVersion }),
  );
  expect(failures).toEqual([]);
  expect(warnings).toEqual(
    Array(count).fill({
      key: expect.any(String) as string,
      line: expect.stringMatching(/^encryptionAlgorithm: .*Set ikeVersion to v2/) as string,
    }),
  );
});

it("an IKE policy warns about each weak algorithm", () => {
  const weak = { authAlgorithm: "sha1", encryptionAlgorithm: "3des", pfs: "group2" };
  expect(checked("IkePolicy", someInputs("IkePolicy", weak)).warnings).toHaveLength(3);
});

it("an IKE policy sends a change of the mode under its wire name phase1_negotiation_mode", () => {
  const inputs = checkedInputs("IkePolicy", { phase1NegotiationMode: "aggressive" });
  const fields = changedFields(anEnvironment("IkePolicy"), aState("IkePolicy"), inputs);
  expect(toWire(fields, "neutron", inputs)).toEqual({ phase1_negotiation_mode: "aggressive" });
});

it("an IKE policy always sends its algorithms, because the servers' defaults differ", () => {
  const body = toWire(ikePolicy.definition.fields, "neutron", checkedInputs("IkePolicy"));
  expect(body).toEqual({
    name: "office",
    description: "",
    auth_algorithm: "sha256",
    encryption_algorithm: "aes-128",
    ike_version: "v1",
    phase1_negotiation_mode: "main",
    pfs: "group14",
    lifetime: { units: "seconds", value: 3600 },
  });
});

it("an IKE policy has every attribute of a response as an output", () => {
  expect(toOutputs(ikePolicy.definition, aWire("IkePolicy"), someInputs("IkePolicy"))).toEqual({
    name: "office",
    description: "",
    projectId: PROJECT_ID,
    authAlgorithm: "sha256",
    encryptionAlgorithm: "aes-128",
    pfs: "group14",
    ikeVersion: "v1",
    phase1NegotiationMode: "main",
    lifetime: { units: "seconds", value: 3600 },
  });
});
