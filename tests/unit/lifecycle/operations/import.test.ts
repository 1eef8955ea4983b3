import { LookupError, UnavailableError } from "../../../../provider/errors";
import { importObject } from "../../../../provider/lifecycle/operations/import";
import { toInputs } from "../../../../provider/model/wireMapping";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { OTHER_ID } from "../../support/builders";
import { aCloud } from "../../support/givenContext";
import { aWire, KINDS } from "../../support/kinds";

const refusal = (
  kind: Parameters<typeof aCloud>[0],
  content: Parameters<typeof aCloud>[1],
  id: string,
) =>
  importObject(aCloud(kind, content).context, id).then(
    () => undefined,
    (error: unknown) => error as Error,
  );

describe("an import", () => {
  it.each(KINDS)("of a %s returns its outputs and the inputs that make it", async (kind) => {
    const wire = aWire(kind);
    const { outputs, inputs } = await importObject(
      aCloud(kind, { [kind]: [wire] }).context,
      wire.id,
    );
    expect(outputs).toMatchObject({ name: "office", projectId: wire["project_id"] });
    expect(inputs).toEqual(toInputs(cloudResourceType(kind), "neutron", outputs));
  });

  it("refuses an id that is not a UUID, without a request and without its control characters", async () => {
    const get = () => Promise.reject(new Error("a request"));
    const { context } = aCloud("IkePolicy", {}, () => ({ get }));
    const error = await importObject(context, "office\n").catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(LookupError);
    expect((error as Error).message).toBe(
      "IkePolicy office\\x0a cannot be imported: the id of an object is a UUID.",
    );
  });

  it("of an id that the login does not see names the endpoint and the next step", async () => {
    const error = await refusal("IkePolicy", {}, OTHER_ID);
    expect(error).toBeInstanceOf(LookupError);
    expect(error?.message).toBe(
      `IkePolicy ${OTHER_ID} cannot be imported: this login sees no such object at http://network.example.org. ` +
        "Check the id, the region and the project of the login.",
    );
  });

  it("of an object of another type names that type", async () => {
    const wire = aWire("IpsecPolicy");
    const error = await refusal("IkePolicy", { IpsecPolicy: [wire] }, wire.id);
    expect(error).toBeInstanceOf(LookupError);
    expect(error?.message).toBe(
      `IkePolicy ${wire.id} cannot be imported: that id belongs to an object of type IpsecPolicy.`,
    );
  });

  it("passes on a failed request, of the other types too", async () => {
    const failed = new UnavailableError("busy", { status: 503, method: "GET", path: "/" });
    const own = aCloud("IkePolicy", {}, () => ({ get: () => Promise.reject(failed) }));
    await expect(importObject(own.context, OTHER_ID)).rejects.toBe(failed);
    const others = aCloud("IkePolicy", {}, ({ get }) => ({
      get: (place, id) => (place.kind === "IkePolicy" ? get(place, id) : Promise.reject(failed)),
    }));
    await expect(importObject(others.context, OTHER_ID)).rejects.toBe(failed);
  });

  it("does not look for another type in collections that the dialect does not have", async () => {
    const asked: string[] = [];
    const cloud = aCloud("IkePolicy", {}, ({ get }) => ({
      get: (place, id) => (asked.push(place.kind), get(place, id)),
    }));
    await importObject({ ...cloud.context, dialect: "k5" }, OTHER_ID).catch(() => undefined);
    expect(asked.sort()).toEqual(["IkePolicy", "IpsecPolicy", "IpsecSiteConnection", "VpnService"]);
  });
});
