import { CanceledError, UnavailableError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import { autoName } from "../../../../provider/model/autoName";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { replacementNotice } from "../../../../provider/lifecycle/operations/diff";
import { OTHER_ID } from "../../support/builders";
import { aState, checkedInputs, resourceOf } from "../../support/kinds";
import { compare, IN_PLACE, NONE, replacing } from "../../support/givenDiff";

/** The auto-name of a resource without a name in the program. */
function aDefaultName(changes: Values = {}): string {
  const inputs = checkedInputs("IkePolicy", { name: undefined, ...changes });
  const place = { project: "network", stack: "dev", resource: "office" };
  return autoName(resourceOf("IkePolicy").definition, place, inputs);
}

describe("a change that the cloud would refuse now", () => {
  const used = "it is in use by IpsecSiteConnection a (a-id)";
  const compareUsed = (changes: Values) =>
    compare("IkePolicy", changes, aState("IkePolicy"), {
      immutableReason: () => Promise.resolve(used),
    });

  it("plans a replacement for every changed input, with the reason", async () => {
    expect(await compareUsed({ description: "x", pfs: "group31" })).toMatchObject(
      replacing(["description", "pfs"], "create first", used),
    );
  });

  it("plans a replacement for an unknown value", async () => {
    expect(await compareUsed({ description: UNKNOWN })).toMatchObject(
      replacing(["description"], "create first", used),
    );
  });

  it("is explained to the user by a sentence", () => {
    expect(replacementNotice("IkePolicy office", used)).toBe(
      `IkePolicy office is replaced, since it cannot be changed: ${used}.`,
    );
  });

  it("sends no request if no input changed", async () => {
    const immutableReason = jest.fn(() => Promise.resolve(used));
    expect(await compare("IkePolicy", {}, aState("IkePolicy"), { immutableReason })).toMatchObject(
      NONE,
    );
    expect(immutableReason).not.toHaveBeenCalled();
  });

  it("sends no request if the object is replaced anyway", async () => {
    const immutableReason = jest.fn(() => Promise.resolve(used));
    const changes = { projectId: "another", description: "x" };
    expect(
      await compare("IkePolicy", changes, aState("IkePolicy"), { immutableReason }),
    ).toMatchObject(replacing(["projectId"], "create first"));
    expect(immutableReason).not.toHaveBeenCalled();
  });

  it("plans a replacement if the cloud cannot be read", async () => {
    const refusal = { status: 503, method: "GET", path: "/" };
    const result = await compare("IkePolicy", { description: "x" }, aState("IkePolicy"), {
      immutableReason: () => Promise.reject(new UnavailableError("Neutron is down", refusal)),
    });
    const unknown = "it is unknown whether it is in use (Neutron is down)";
    expect(result).toMatchObject(replacing(["description"], "create first", unknown));
  });

  it("is not planned as a replacement if the check was canceled", async () => {
    const error = CanceledError.unanswered("GET /x");
    const comparing = compare("IkePolicy", { description: "x" }, aState("IkePolicy"), {
      immutableReason: () => Promise.reject(error),
    });
    await expect(comparing).rejects.toBe(error);
  });
});

describe("a change of a VPN service", () => {
  it("plans an update if the cloud cannot be read, because a replacement would delete its connections first", async () => {
    const refusal = { status: 503, method: "GET", path: "/" };
    const result = await compare("VpnService", { description: "x" }, aState("VpnService"), {
      immutableReason: () => Promise.reject(new UnavailableError("Neutron is down", refusal)),
    });
    expect(result).toMatchObject(IN_PLACE);
  });
});

describe("a diff of an adopted object", () => {
  const adopted = () =>
    aState("IkePolicy", { adopt: OTHER_ID, name: "theirs" }, { name: "theirs" });

  it("keeps its name if the program sets none", async () => {
    const name = aDefaultName({ adopt: OTHER_ID });
    expect(await compare("IkePolicy", { adopt: OTHER_ID, name }, adopted())).toMatchObject(NONE);
  });

  it("keeps its name when adopt is removed later", async () => {
    const name = aDefaultName({ adopt: OTHER_ID });
    expect(await compare("IkePolicy", { name }, adopted())).toMatchObject(NONE);
  });

  it("keeps its name while its auto-name is unknown", async () => {
    const changes = { adopt: OTHER_ID, name: UNKNOWN };
    expect(await compare("IkePolicy", changes, adopted())).toMatchObject(NONE);
  });

  it("plans an update to the name that the program sets", async () => {
    const changes = { adopt: OTHER_ID, name: "ours" };
    expect(await compare("IkePolicy", changes, adopted())).toMatchObject(IN_PLACE);
  });

  it("plans an update of another input", async () => {
    const changes = { adopt: OTHER_ID, name: "theirs", description: "x" };
    expect(await compare("IkePolicy", changes, adopted())).toMatchObject(IN_PLACE);
  });
});

it("a diff of a resource without adopt plans an update to its auto-name", async () => {
  expect(await compare("IkePolicy", { name: aDefaultName() })).toMatchObject(IN_PLACE);
});
