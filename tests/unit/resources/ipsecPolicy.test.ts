import type { Values } from "../../../provider/schema/resourceType";
import { toOutputs, toWire } from "../../../provider/model/wireMapping";
import { ipsecPolicy } from "../../../provider/resources/ipsecPolicy";
import { PROJECT_ID } from "../support/builders";
import { aWire, checked, checkedInputs, reasonsOf, someInputs } from "../support/kinds";

const DIALECTS = ["k5", "neutron"] as const;

it("an IPsec policy requires no input", () => {
  expect(checked("IpsecPolicy", {}).failures).toEqual([]);
});

it.each<[string, string]>([
  ["transformProtocol", "esp"],
  ["transformProtocol", "ah"],
  ["transformProtocol", "ah-esp"],
  ["encapsulationMode", "tunnel"],
  ["encapsulationMode", "transport"],
])("an IPsec policy accepts %s %s in both dialects", (name, value) => {
  for (const dialect of DIALECTS) {
    expect(reasonsOf("IpsecPolicy", dialect, { [name]: value })).toEqual([]);
  }
});

it.each<[Values, string]>([
  [
    { transformProtocol: "ESP" },
    "transformProtocol: must be one of esp, ah, ah-esp: did you mean esp?",
  ],
  [{ transformProtocol: true }, "transformProtocol: must be one of esp, ah, ah-esp"],
  [{ encapsulationMode: "gre" }, "encapsulationMode: must be one of tunnel, transport"],
  [{ ikeVersion: "v2" }, "ikeVersion: is not an input"],
  [{ phase1NegotiationMode: "main" }, "phase1NegotiationMode: is not an input"],
])("an IPsec policy refuses %j in both dialects", (changes, reason) => {
  for (const dialect of DIALECTS) {
    expect(reasonsOf("IpsecPolicy", dialect, changes)[0]).toBe(reason);
  }
});

it("an IPsec policy always sends its algorithms, because the servers' defaults differ", () => {
  const body = toWire(ipsecPolicy.definition.fields, "neutron", checkedInputs("IpsecPolicy"));
  expect(body).toEqual({
    name: "office",
    description: "",
    auth_algorithm: "sha256",
    encryption_algorithm: "aes-128",
    encapsulation_mode: "tunnel",
    transform_protocol: "esp",
    pfs: "group14",
    lifetime: { units: "seconds", value: 3600 },
  });
});

it("an IPsec policy has every attribute of a response as an output", () => {
  const outputs = toOutputs(
    ipsecPolicy.definition,
    aWire("IpsecPolicy"),
    someInputs("IpsecPolicy"),
  );
  expect(outputs).toEqual({
    name: "office",
    description: "",
    projectId: PROJECT_ID,
    authAlgorithm: "sha256",
    encryptionAlgorithm: "aes-128",
    pfs: "group14",
    transformProtocol: "esp",
    encapsulationMode: "tunnel",
    lifetime: { units: "seconds", value: 3600 },
  });
});

it("an IPsec policy shows an algorithm that another client changed", () => {
  const wire = aWire("IpsecPolicy", { auth_algorithm: "sha1" });
  const outputs = toOutputs(ipsecPolicy.definition, wire, checkedInputs("IpsecPolicy"));
  expect(outputs["authAlgorithm"]).toBe("sha1");
});
