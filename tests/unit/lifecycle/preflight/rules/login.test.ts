import { loginMayWrite } from "../../../../../provider/lifecycle/preflight/rules/login";
import { declared, findingsOf } from "../../../support/preflightCloud";

const policy = declared("IkePolicy", { name: "a" });

it("a login with a reader role only is a warning that names the role", async () => {
  expect(await findingsOf(loginMayWrite, policy, { roles: ["reader"] })).toEqual([
    {
      severity: "warning",
      cause: "reader",
      path: "",
      reason:
        "the only role of this login is a reader role (reader), which may neither read nor change VPN objects: it needs `member` in the project. References to VPN objects are not checked.",
    },
  ]);
});

it("a login with several reader roles is a warning that names all of them", async () => {
  const [finding] = await findingsOf(loginMayWrite, policy, { roles: ["reader", "vpn_reader"] });
  expect(finding!.reason).toMatch(
    /^every role of this login is a reader role \(reader, vpn_reader\), /,
  );
});

it("a login with another role may write", async () => {
  expect(await findingsOf(loginMayWrite, policy, { roles: ["reader", "member"] })).toEqual([]);
});

it("a login whose roles cannot be read may write", async () => {
  expect(await findingsOf(loginMayWrite, policy, { refused: ["roles"] })).toEqual([]);
});
