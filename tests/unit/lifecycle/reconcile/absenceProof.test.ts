import { NotFoundError, NotProvenGoneError, UnavailableError } from "../../../../provider/errors";
import { cloudResourceType, type Values } from "../../../../provider/schema/resourceType";
import { confirmDeleted } from "../../../../provider/lifecycle/reconcile/absenceProof";
import { PROJECT_ID } from "../../support/builders";
import { aWire } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const { notFoundType } = cloudResourceType("IkePolicy");
const there = aWire("IkePolicy");
const HERE = { name: "office", endpoint: "http://network.example.org", projectId: PROJECT_ID };

/** A 404 of that type; undefined is what a cloud says that names no types. */
function a404(faultType?: string, requestId?: string): NotFoundError {
  const place = { status: 404, method: "GET", path: "/v2.0/vpn/ikepolicies/x" };
  return new NotFoundError("not found", { ...place, faultType, requestId });
}

/** The same answer to a DELETE, from a cloud that names no types. */
function aDeletes404(): NotFoundError {
  return new NotFoundError("not found", { ...a404().refusal, method: "DELETE" });
}

/** What is said of a policy by its id, where a 404 came and the list has those objects. */
function proof(notFound: NotFoundError, state: Values = HERE, objects = [there]) {
  const { context } = aCloud("IkePolicy", { IkePolicy: objects });
  return confirmDeleted(context, there.id, state, notFound);
}

describe("an object is gone", () => {
  it("where Neutron knows the kind and not the id, whatever a list may show", async () => {
    await expect(proof(a404(notFoundType))).resolves.toBeUndefined();
  });

  it("where a cloud that names no types has it in no list", async () => {
    await expect(proof(a404(), HERE, [])).resolves.toBeUndefined();
  });

  it("where a cloud that names no types lists only other objects", async () => {
    const other = aWire("IkePolicy", { id: "another" });
    await expect(proof(a404(), HERE, [other])).resolves.toBeUndefined();
  });

  it("where a DELETE was not found, and neither the list nor a GET finds it", async () => {
    const { context } = aCloud("IkePolicy");
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).resolves.toBeUndefined();
  });

  it("where the state does not tell the endpoint, which older ones may not", async () => {
    const { endpoint: _endpoint, ...state } = HERE;
    await expect(proof(a404(notFoundType), state)).resolves.toBeUndefined();
  });
});

describe("it is not proven that an object is gone", () => {
  it.each<[string, NotFoundError, Values, string]>([
    ["where the list still has it", a404(), HERE, "the list still contains it. Try again. "],
    [
      "where another endpoint is asked",
      a404(notFoundType),
      { ...HERE, endpoint: "http://elsewhere.example.org" },
      "it was created at http://elsewhere.example.org, and the request went to http://network.example.org. Check vpnaas:region, vpnaas:endpoint and the OS_* variables. ",
    ],
    [
      "where the login is in another project",
      a404(notFoundType),
      { ...HERE, projectId: "another" },
      `it belongs to project another, and the login is in project ${PROJECT_ID}. `,
    ],
    [
      "where the state does not tell its project",
      a404(notFoundType),
      { ...HERE, projectId: undefined },
      "the state does not record its project. ",
    ],
  ])("%s", async (_what, notFound, state, why) => {
    const proving = proof(notFound, state);
    await expect(proving).rejects.toThrow(NotProvenGoneError);
    await expect(proving).rejects.toThrow(why);
  });

  it("where a DELETE was not found, and the list lacks it, but a GET finds it", async () => {
    const { context } = aCloud("IkePolicy", {}, () => ({ get: () => Promise.resolve(there) }));
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).rejects.toThrow(
      "a GET finds it.",
    );
  });

  it("where a DELETE was not found, and the list lacks it, but the GET fails", async () => {
    const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
    const { context } = aCloud("IkePolicy", {}, () => ({ get: () => Promise.reject(down) }));
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).rejects.toBe(down);
  });

  it("where the answer is of another type, which a login has that may not read", async () => {
    await expect(proof(a404("HTTPNotFound"), HERE, [])).rejects.toThrow(
      "the cloud answers like this when the login may not read VPN objects. Log in with the role `member`.",
    );
  });

  it("where the login does not tell its project", async () => {
    const { context } = aCloud("IkePolicy", {}, () => ({
      projectId: () => Promise.resolve(undefined),
    }));
    await expect(confirmDeleted(context, "x", HERE, a404(notFoundType))).rejects.toThrow(
      "the project of this login is unknown. Set vpnaas:projectId (OS_PROJECT_ID) to the project of the token.",
    );
  });

  it("where the list cannot be read either", async () => {
    const list = () => Promise.reject(new Error("no route"));
    const { context } = aCloud("IkePolicy", {}, () => ({ list }));
    const proving = confirmDeleted(context, "x", HERE, a404());
    await expect(proving).rejects.toThrow(NotProvenGoneError);
    await expect(proving).rejects.toThrow(
      "the list of all of them cannot be read either (no route). Is this the network endpoint, and does it have the vpnaas extension?",
    );
  });
});

it("says of what it doubts what it is, what was asked, and that the state is left", async () => {
  await expect(proof(a404(undefined, "req-1"))).rejects.toThrow(
    `IkePolicy office (${there.id}) was not found, but that does not prove that it is gone: the list still contains it. Try again. ` +
      "The state is left as it is. (GET /v2.0/vpn/ikepolicies/x answered 404, request id req-1.)",
  );
});

it("speaks of no request id where the answer had none", async () => {
  await expect(proof(a404())).rejects.toThrow("answered 404.)");
});
