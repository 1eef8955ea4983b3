import { previewOutputs } from "../../../../provider/lifecycle/operations/preview";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { aState, checkedInputs, KINDS, someInputs } from "../../support/kinds";

const definition = cloudResourceType("IpsecSiteConnection");
const inputs = checkedInputs("IpsecSiteConnection");
const state = aState("IpsecSiteConnection", {}, { status: "ACTIVE" });

describe("the outputs that a preview knows", () => {
  it("of a create are the inputs; the cloud decides the others", () => {
    const outputs = previewOutputs(definition, inputs);
    expect(outputs).toMatchObject({ name: inputs["name"], peerCidrs: inputs["peerCidrs"] });
    expect(outputs).toMatchObject({ status: UNKNOWN, projectId: UNKNOWN, endpoint: UNKNOWN });
  });

  it.each(KINDS)("of a create of a %s are outputs of the schema only", (kind) => {
    const type = cloudResourceType(kind);
    const known = type.fields.filter(({ output }) => output).map(({ name }) => name);
    expect(known).toEqual(
      expect.arrayContaining(Object.keys(previewOutputs(type, someInputs(kind)))),
    );
  });

  it("of an update have a new status, at the endpoint of the state", () => {
    const endpoint = "http://network.example.org";
    const outputs = previewOutputs(definition, inputs, { ...state, endpoint });
    expect(outputs).toMatchObject({ status: UNKNOWN, endpoint });
  });

  it("of an update keep the state's value of an input that the program does not set", () => {
    const { initiator: _initiator, ...others } = inputs;
    const kept = { ...state, initiator: "response-only" };
    expect(previewOutputs(definition, others, kept)["initiator"]).toBe("response-only");
  });

  it("are unknown for an input whose default or choice is the cloud's", () => {
    const { initiator: _initiator, ...others } = inputs;
    expect(previewOutputs(definition, others)["initiator"]).toBe(UNKNOWN);
  });

  it("lack an input without a value that the cloud does not choose", () => {
    const { cloud: _cloud, ...others } = inputs;
    expect(previewOutputs(definition, others)).not.toHaveProperty("cloud");
    expect(previewOutputs(definition, others)).not.toHaveProperty("timeouts");
  });
});
