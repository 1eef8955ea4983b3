import { predecessorNotice } from "../../../../provider/lifecycle/core/deletedPredecessor";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { aState, checkedInputs } from "../../support/kinds";

const type = cloudResourceType("IpsecSiteConnection");
const inputs = checkedInputs("IpsecSiteConnection", { name: "office" });

/** The notice after the deletion of a connection with those outputs. */
function noticeAfter(changes: object, kind = "IpsecSiteConnection", isNameSecret = false) {
  const ownership = new OwnershipRegistry();
  const state = { ...aState("IpsecSiteConnection"), name: "office", ...changes };
  ownership.beginDelete("old-id", { kind, state });
  return predecessorNotice(ownership, type, inputs, isNameSecret);
}

it("a deleted predecessor: the notice names it and the command that creates it again", () => {
  expect(noticeAfter({})).toBe(
    "IpsecSiteConnection office (old-id) was deleted before, to be replaced by it, and no longer exists; the state records that. " +
      "Correct the cause, then run `pulumi up` again: it creates the IpsecSiteConnection.",
  );
});

it("a deleted predecessor: the notice omits a secret name", () => {
  expect(noticeAfter({}, "IpsecSiteConnection", true)).toMatch(/^IpsecSiteConnection old-id was /);
});

it.each([
  ["of another name", { name: "other" }, "IpsecSiteConnection"],
  ["of another cloud", { cloud: "west" }, "IpsecSiteConnection"],
  ["of another type", {}, "VpnService"],
])("a deleted object %s is not a predecessor", (_what, changes, kind) => {
  expect(noticeAfter(changes, kind)).toBeUndefined();
});

it("without a deletion there is no predecessor", () => {
  expect(predecessorNotice(new OwnershipRegistry(), type, inputs, false)).toBeUndefined();
});
