import { definitionOf } from "../../../provider/lifecycle/definition";
import { Holdings } from "../../../provider/lifecycle/holdings";
import { saySharing } from "../../../provider/lifecycle/sharing";
import { Log } from "../../../provider/log";

const SUBJECT = "IkePolicy office (x)";
const ike = definitionOf("IkePolicy");

function aRoom() {
  const lines: string[] = [];
  return { holdings: new Holdings(), log: new Log((line) => lines.push(line)), lines };
}

it("says nothing of an object that one resource holds", () => {
  const room = aRoom();
  room.holdings.recordCheck(ike, {});
  room.holdings.keep(ike, "x", {});
  saySharing(room, SUBJECT, "x");
  expect(room.lines).toEqual([]);
});

it("warns once of an object that two resources of the program hold", () => {
  const room = aRoom();
  room.holdings.claim("x");
  room.holdings.recordCheck(ike, {});
  room.holdings.keep(ike, "x", {});
  saySharing(room, SUBJECT, "x");
  saySharing(room, SUBJECT, "x");
  expect(room.lines).toEqual([
    `warning: two resources of this stack hold ${SUBJECT}. It is deleted for neither as long as the other one is in the program and \`pulumi up\` runs without --target. ` +
      "Keep one of them: `pulumi state delete <urn>` forgets the other one and leaves the object.",
  ]);
});

it("warns of an object that the run has deleted for another resource", () => {
  const room = aRoom();
  room.holdings.beginDelete("x");
  saySharing(room, SUBJECT, "x");
  expect(room.lines).toEqual([
    `warning: ${SUBJECT} was deleted in this run for another resource of this stack that held it too. Run \`pulumi up --refresh\` to have it created again.`,
  ]);
});
