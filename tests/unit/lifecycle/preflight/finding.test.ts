import { VpnaasError } from "../../../../provider/errors";
import { openFinding } from "../../../../provider/lifecycle/preflight/finding";

it("an open finding names its question as the cause, and the property that is not checked", () => {
  const unanswered = "the routers of this cloud cannot be read (403)";
  const error = new VpnaasError("403");
  expect(openFinding("routerId", { question: "routers", unanswered, error })).toEqual({
    severity: "open",
    cause: "question routers",
    path: "routerId",
    reason: "the routers of this cloud cannot be read (403): routerId is not checked.",
  });
});
