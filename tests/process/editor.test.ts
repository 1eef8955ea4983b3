import path from "node:path";

import ts from "typescript";

const ROOT = path.join(__dirname, "..", "..");
const FILE = path.join(ROOT, "a-program.ts");
const PROGRAM = `
import { IkePolicy, VpnService } from "pulumi-vpnaas";
const hub = new VpnService("hub", { routerId: "r" }, { protect: true });
const ike = new IkePolicy("office");
hub.externalV4Ip;
ike.lifetime;
const maybe: unknown = hub;
if (VpnService.isInstance(maybe)) maybe.status;
`;

/** The language service that editors use, for a program that imports the built package. */
const service = ts.createLanguageService({
  getCompilationSettings: () => ({
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.Node16,
    strict: true,
    types: ["node"],
    paths: { "pulumi-vpnaas": [path.join(ROOT, "dist", "sdk", "index.d.ts")] },
  }),
  getScriptFileNames: () => [FILE],
  getScriptVersion: () => "1",
  getScriptSnapshot: (file) => {
    const text = file === FILE ? PROGRAM : ts.sys.readFile(file);
    return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
  },
  getCurrentDirectory: () => ROOT,
  getDefaultLibFileName: ts.getDefaultLibFilePath,
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
  readFile: (file) => (file === FILE ? PROGRAM : ts.sys.readFile(file)),
});

afterAll(() => service.dispose());

/** The position of the second character of a piece of the program. */
function positionOf(piece: string): number {
  const position = PROGRAM.indexOf(piece);
  if (position < 0) throw new Error(`the program has no ${piece}`);
  return position + 1;
}

const hoverOver = (piece: string) =>
  ts.displayPartsToString(service.getQuickInfoAtPosition(FILE, positionOf(piece))?.documentation);

const parametersAt = (piece: string) =>
  service
    .getSignatureHelpItems(FILE, positionOf(piece), undefined)
    ?.items.flatMap(({ parameters }) => parameters)
    .map(({ name, isOptional, documentation }) => [
      name,
      isOptional,
      ts.displayPartsToString(documentation),
    ]);

it.each([
  ["an output that the cloud sets", "externalV4Ip;", /^IPv4 address that peers connect to\./],
  ["an output that is an input", "lifetime;", /^How long a security association lives:/],
  ["an output behind isInstance", "status;", /^Status when it was last read\./],
  ["a class", "VpnService(", /^A VPN service: a router's end of its tunnels\./],
  ["isInstance", "isInstance", /^Whether a value is a resource of this type/],
])("an editor shows the documentation of %s", (_what, piece, documentation) => {
  expect(hoverOver(piece)).toMatch(documentation);
});

it.each([
  ["required", '"hub"', false],
  ["optional", '"office"', true],
])(
  "an editor shows the documentation of each parameter if the arguments are %s",
  (_, piece, is) => {
    expect(parametersAt(piece)).toEqual([
      ["name", false, expect.stringMatching(/^Logical name/)],
      ["args", is, expect.stringMatching(/^Inputs/)],
      ["opts", true, expect.stringMatching(/^Options of Pulumi/)],
    ]);
  },
);

it("a program that uses isInstance and optional arguments compiles", () => {
  const messages = service
    .getSemanticDiagnostics(FILE)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(messages).toEqual([]);
});
