import { NotFoundError, NotProvenGoneError, UnavailableError } from "../../../../provider/errors";
import { cloudResourceType, type Values } from "../../../../provider/schema/resourceType";
import { confirmDeleted } from "../../../../provider/lifecycle/reconcile/absenceProof";
import { PROJECT_ID } from "../../support/builders";
import { aWire } from "../../support/kinds";
import { aCloud } from "../../support/givenContext";

const { notFoundType } = cloudResourceType("IkePolicy");
const there = aWire("IkePolicy");
const HERE = { name: "office", endpoint: "http://network.example.org", projectId: PROJECT_ID };

/** A 404 of that fault type; undefined stands for a cloud that sends no fault types. */
function a404(faultType?: string, requestId?: string): NotFoundError {
  const place = { status: 404, method: "GET", path: "/v2.0/vpn/ikepolicies/x" };
  return new NotFoundError("not found", { ...place, faultType, requestId });
}

/** The same response to a DELETE, from a cloud that sends no fault types. */
function aDeletes404(): NotFoundError {
  return new NotFoundError("not found", { ...a404().refusal, method: "DELETE" });
}

/** The proof of deletion for a policy after a 404, with those objects in the list. */
function proof(notFound: NotFoundError, state: Values = HERE, objects = [there]) {
  const { context } = aCloud("IkePolicy", { IkePolicy: objects });
  return confirmDeleted(context, there.id, state, notFound);
}

describe("confirmDeleted accepts as a proof of deletion", () => {
  it("a 404 with Neutron's fault type for the resource type, regardless of the list", async () => {
    await expect(proof(a404(notFoundType))).resolves.toBeUndefined();
  });

  it("a 404 without a fault type and an empty list", async () => {
    await expect(proof(a404(), HERE, [])).resolves.toBeUndefined();
  });

  it("a 404 without a fault type and a list of other objects", async () => {
    const other = aWire("IkePolicy", { id: "another" });
    await expect(proof(a404(), HERE, [other])).resolves.toBeUndefined();
  });

  it("a 404 to a DELETE, if neither the list nor a GET finds the object", async () => {
    const { context } = aCloud("IkePolicy");
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).resolves.toBeUndefined();
  });

  it("a 404 if the state lacks the endpoint, as old states may", async () => {
    const { endpoint: _endpoint, ...state } = HERE;
    await expect(proof(a404(notFoundType), state)).resolves.toBeUndefined();
  });
});

describe("confirmDeleted finds no proof of deletion", () => {
  it.each<[string, NotFoundError, Values, string]>([
    ["if the list still has the object", a404(), HERE, "the list still contains it. Try again. "],
    [
      "if the request went to another endpoint",
      a404(notFoundType),
      { ...HERE, endpoint: "http://elsewhere.example.org" },
      "it was created at http://elsewhere.example.org, and the request went to http://network.example.org. Check vpnaas:region, vpnaas:endpoint and the OS_* variables. ",
    ],
    [
      "if the login is in another project",
      a404(notFoundType),
      { ...HERE, projectId: "another" },
      `it belongs to project another, and the login is in project ${PROJECT_ID}. `,
    ],
    [
      "if the state lacks the project",
      a404(notFoundType),
      { ...HERE, projectId: undefined },
      "the state does not record its project. ",
    ],
  ])("%s", async (_what, notFound, state, why) => {
    const proving = proof(notFound, state);
    await expect(proving).rejects.toThrow(NotProvenGoneError);
    await expect(proving).rejects.toThrow(why);
  });

  it("after a 404 to a DELETE if a GET finds the object, although the list lacks it", async () => {
    const { context } = aCloud("IkePolicy", {}, () => ({ get: () => Promise.resolve(there) }));
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).rejects.toThrow(
      "a GET finds it.",
    );
  });

  it("after a 404 to a DELETE if the GET fails, although the list lacks the object", async () => {
    const down = new UnavailableError("down", { status: 503, method: "GET", path: "/" });
    const { context } = aCloud("IkePolicy", {}, () => ({ get: () => Promise.reject(down) }));
    await expect(confirmDeleted(context, there.id, HERE, aDeletes404())).rejects.toBe(down);
  });

  it("in a 404 of another fault type, which a login without read permission gets", async () => {
    await expect(proof(a404("HTTPNotFound"), HERE, [])).rejects.toThrow(
      "the cloud answers like this when the login may not read VPN objects. Log in with the role `member`.",
    );
  });

  it("if the project of the login is unknown", async () => {
    const { context } = aCloud("IkePolicy", {}, () => ({
      projectId: () => Promise.resolve(undefined),
    }));
    await expect(confirmDeleted(context, "x", HERE, a404(notFoundType))).rejects.toThrow(
      "the project of this login is unknown. Set vpnaas:projectId (OS_PROJECT_ID) to the project of the token.",
    );
  });

  it("if the list cannot be read either", async () => {
    const list = () => Promise.reject(new Error("no route"));
    const { context } = aCloud("IkePolicy", {}, () => ({ list }));
    const proving = confirmDeleted(context, "x", HERE, a404());
    await expect(proving).rejects.toThrow(NotProvenGoneError);
    await expect(proving).rejects.toThrow(
      "the list of all of them cannot be read either (no route). Is this the network endpoint, and does it have the vpnaas extension?",
    );
  });
});

it("confirmDeleted names the object, the doubt, the request and the unchanged state in its error", async () => {
  await expect(proof(a404(undefined, "req-1"))).rejects.toThrow(
    `IkePolicy office (${there.id}) was not found, but that does not prove that it is gone: the list still contains it. Try again. ` +
      "The state is left as it is. (GET /v2.0/vpn/ikepolicies/x answered 404, request id req-1.)",
  );
});

it("confirmDeleted omits the request id if the response had none", async () => {
  await expect(proof(a404())).rejects.toThrow("answered 404.)");
});
