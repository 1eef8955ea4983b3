import { cloudResourceType } from "../../../../provider/schema/resourceType";
import { OwnershipRegistry } from "../../../../provider/lifecycle/core/ownership";
import { warnIfShared } from "../../../../provider/lifecycle/core/sharedObject";
import { Log } from "../../../../provider/log";

const SUBJECT = "IkePolicy office (x)";
const ike = cloudResourceType("IkePolicy");

function anEnvironment() {
  const lines: string[] = [];
  return { ownership: new OwnershipRegistry(), log: new Log((line) => lines.push(line)), lines };
}

it("warnIfShared: does not warn about an object that one resource holds", () => {
  const room = anEnvironment();
  room.ownership.recordCheck(ike, {});
  room.ownership.keep(ike, "x", {});
  warnIfShared(room, SUBJECT, "x");
  expect(room.lines).toEqual([]);
});

it("warnIfShared: warns once about an object that two resources of the program hold", () => {
  const room = anEnvironment();
  room.ownership.claim("x");
  room.ownership.recordCheck(ike, {});
  room.ownership.keep(ike, "x", {});
  warnIfShared(room, SUBJECT, "x");
  warnIfShared(room, SUBJECT, "x");
  expect(room.lines).toEqual([
    `warning: two resources of this stack hold ${SUBJECT}. It is deleted for neither as long as the other one is in the program and \`pulumi up\` runs without --target. ` +
      "Keep one of them: `pulumi state delete <urn>` forgets the other one and leaves the object.",
  ]);
});

it("warnIfShared: warns about each of two shared objects", () => {
  const room = anEnvironment();
  for (const id of ["x", "y"]) {
    room.ownership.claim(id);
    room.ownership.recordCheck(ike, { name: id });
    room.ownership.keep(ike, id, { name: id });
    warnIfShared(room, `IkePolicy ${id}`, id);
  }
  expect(room.lines).toHaveLength(2);
});

it("warnIfShared: warns about an object that the run has deleted for another resource", () => {
  const room = anEnvironment();
  room.ownership.beginDelete("x");
  warnIfShared(room, SUBJECT, "x");
  expect(room.lines).toEqual([
    `warning: ${SUBJECT} was deleted in this run for another resource of this stack that held it too. Run \`pulumi up --refresh\` to have it created again.`,
  ]);
});
