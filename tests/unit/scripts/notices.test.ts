import { noticesOf } from "../../../scripts/notices";

it("the notices of a bundle: have the license of each package once, and none of this package", () => {
  const notices = noticesOf([
    "dist/provider/doors/plugin/main.js",
    "node_modules/ajv/dist/ajv.js",
    "node_modules/ajv/dist/core.js",
    "node_modules/@pulumi/pulumi/proto/plugin_pb.js",
  ]);
  expect(notices.match(/^\S+ \d+\.\d+\.\d+ \(.*\)$/gm)).toEqual([
    expect.stringMatching(/^@pulumi\/pulumi .* \(Apache-2\.0\)$/),
    expect.stringMatching(/^ajv .* \(MIT\)$/),
  ]);
  expect(notices).toContain("Permission is hereby granted");
});
