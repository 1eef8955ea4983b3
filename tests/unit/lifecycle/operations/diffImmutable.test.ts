import { CanceledError, UnavailableError } from "../../../../provider/errors";
import type { Values } from "../../../../provider/schema/resourceType";
import { autoName } from "../../../../provider/model/autoName";
import { UNKNOWN } from "../../../../provider/model/unknowns";
import { Log } from "../../../../provider/log";
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
  const compareUsed = (changes: Values, lines: string[] = [], state = aState("IkePolicy")) =>
    compare("IkePolicy", changes, state, {
      log: new Log((line) => lines.push(line)),
      immutableReason: () => Promise.resolve(used),
    });

  it("plans a replacement for every changed input", async () => {
    expect(await compareUsed({ description: "x", pfs: "group31" })).toEqual(
      replacing(["description", "pfs"], "create first"),
    );
  });

  it("plans a replacement for an unknown value", async () => {
    expect(await compareUsed({ description: UNKNOWN })).toEqual(
      replacing(["description"], "create first"),
    );
  });

  it("prints the reason once", async () => {
    const lines: string[] = [];
    const state = aState("IkePolicy");
    await compareUsed({ description: "x" }, lines, state);
    expect(lines).toEqual([`IkePolicy office is replaced, since it cannot be changed: ${used}.`]);
  });

  it("prints the reason of a replacement once although the number of its dependents changes", async () => {
    const lines: string[] = [];
    const log = new Log((line) => lines.push(line));
    for (const reason of [`${used} and 2 more`, used]) {
      const immutableReason = () => Promise.resolve(reason);
      await compare("IkePolicy", { description: "x" }, undefined, { log, immutableReason });
    }
    expect(lines).toEqual([expect.stringContaining("and 2 more")]);
  });

  it("prints the reason of a replacement for each of two objects", async () => {
    const lines: string[] = [];
    const log = new Log((line) => lines.push(line));
    for (const id of ["one", "other"]) {
      const immutableReason = () => Promise.resolve(used);
      await compare("IkePolicy", { description: "x" }, undefined, { id, log, immutableReason });
    }
    expect(lines).toHaveLength(2);
  });

  it("sends no request and prints no line if no input changed", async () => {
    const lines: string[] = [];
    const immutableReason = jest.fn(() => Promise.resolve(used));
    const log = new Log((line) => lines.push(line));
    expect(await compare("IkePolicy", {}, aState("IkePolicy"), { immutableReason, log })).toEqual(
      NONE,
    );
    expect([immutableReason.mock.calls, lines]).toEqual([[], []]);
  });

  it("sends no request if the object is replaced anyway", async () => {
    const immutableReason = jest.fn(() => Promise.resolve(used));
    const changes = { projectId: "another", description: "x" };
    expect(await compare("IkePolicy", changes, aState("IkePolicy"), { immutableReason })).toEqual(
      replacing(["projectId"], "create first"),
    );
    expect(immutableReason).not.toHaveBeenCalled();
  });

  it("plans a replacement if the cloud cannot be read", async () => {
    const lines: string[] = [];
    const refusal = { status: 503, method: "GET", path: "/" };
    const result = await compare("IkePolicy", { description: "x" }, aState("IkePolicy"), {
      log: new Log((line) => lines.push(line)),
      immutableReason: () => Promise.reject(new UnavailableError("Neutron is down", refusal)),
    });
    expect(result).toEqual(replacing(["description"], "create first"));
    expect(lines).toEqual([
      expect.stringContaining("it is unknown whether it is in use (Neutron is down)"),
    ]);
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
    expect(result).toEqual(IN_PLACE);
  });
});

describe("a diff of an adopted object", () => {
  const adopted = () =>
    aState("IkePolicy", { adopt: OTHER_ID, name: "theirs" }, { name: "theirs" });

  it("keeps its name if the program sets none", async () => {
    const name = aDefaultName({ adopt: OTHER_ID });
    expect(await compare("IkePolicy", { adopt: OTHER_ID, name }, adopted())).toEqual(NONE);
  });

  it("keeps its name when adopt is removed later", async () => {
    const name = aDefaultName({ adopt: OTHER_ID });
    expect(await compare("IkePolicy", { name }, adopted())).toEqual(NONE);
  });

  it("keeps its name while its auto-name is unknown", async () => {
    const changes = { adopt: OTHER_ID, name: UNKNOWN };
    expect(await compare("IkePolicy", changes, adopted())).toEqual(NONE);
  });

  it("plans an update to the name that the program sets", async () => {
    const changes = { adopt: OTHER_ID, name: "ours" };
    expect(await compare("IkePolicy", changes, adopted())).toEqual(IN_PLACE);
  });

  it("plans an update of another input", async () => {
    const changes = { adopt: OTHER_ID, name: "theirs", description: "x" };
    expect(await compare("IkePolicy", changes, adopted())).toEqual(IN_PLACE);
  });
});

it("a diff of a resource without adopt plans an update to its auto-name", async () => {
  expect(await compare("IkePolicy", { name: aDefaultName() })).toEqual(IN_PLACE);
});
