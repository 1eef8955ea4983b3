import { NotProvenGoneError, UnavailableError } from "../../../../provider/errors";
import { read } from "../../../../provider/lifecycle/operations/read";
import { PROJECT_ID } from "../../support/builders";
import { aState, aWire } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const there = aWire("IkePolicy");

it("a read returns the observed values as outputs and as inputs, and prints the drift", async () => {
  const { context, lines } = aCloud("IkePolicy", { IkePolicy: [{ ...there, pfs: "group2" }] });
  const found = await read(context, there.id, aState("IkePolicy"));
  expect(found).toMatchObject({ outputs: { pfs: "group2" }, inputs: { pfs: "group2" } });
  expect(found!.inputs).not.toHaveProperty("projectId");
  expect(lines).toEqual([
    `drift: IkePolicy office (${there.id}): pfs: declared group14, there is group2 (changed outside Pulumi)`,
  ]);
});

it("a read returns undefined, and prints that, if the object is proven to be deleted", async () => {
  const { context, lines } = aCloud("IkePolicy");
  expect(await read(context, "x", { name: "office", projectId: PROJECT_ID })).toBeUndefined();
  expect(lines).toEqual(["drift: IkePolicy office (x) is gone from the cloud."]);
});

it("a read fails if the deletion of an object is not proven", async () => {
  const { context, lines } = aCloud("IkePolicy");
  const reading = read(context, "x", { projectId: "another" });
  await expect(reading).rejects.toThrow(NotProvenGoneError);
  expect(lines).toEqual([]);
});

it("a read reports the error that prevents it", async () => {
  const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
  const { context } = aCloud("IkePolicy", {}, () => ({ get: () => Promise.reject(down) }));
  await expect(read(context, "x", { projectId: PROJECT_ID })).rejects.toBe(down);
});
