import { createServer, type IncomingMessage } from "node:http";
import { json } from "node:stream/consumers";

import { LONG_KEEP_ALIVE } from "../../../simulator/http";
import { listening } from "./loopback";
import { IS_IN_TEST_FILE } from "./testFile";

/** The secrets provider of `pulumi stack init` with the key of {@link keyVariables}. */
export const KEY_SERVER = "hashivault://tests";

/** The content of a request or a response: the key of a stack, plain or encrypted. */
interface TransitKey {
  readonly plaintext?: string;
  readonly ciphertext?: string;
}

/** Marks a key as encrypted; it is not, since no reader of a test's state has to be kept out. */
const PREFIX = "vault:v1:";

/** Answers like the secrets engine "transit" of HashiCorp Vault; of all stacks of a test file. */
const server = createServer(LONG_KEEP_ALIVE, (request, response) => {
  void answer(request).then((data) => {
    response.setHeader("Content-Type", "application/json").end(JSON.stringify({ data }));
  });
});
let port: Promise<number> | undefined;
if (IS_IN_TEST_FILE) {
  afterAll(() => {
    server.close();
    server.closeAllConnections();
  });
}

/**
 * The variables with which the engine has the key of a stack's secrets from a server. To derive it from a passphrase
 * takes a fifth of a second of a core for each command.
 */
export async function keyVariables(): Promise<Record<string, string>> {
  port ??= listening(server);
  return { VAULT_SERVER_URL: `http://127.0.0.1:${await port}`, VAULT_SERVER_TOKEN: "tests" };
}

async function answer(request: IncomingMessage): Promise<TransitKey> {
  const { plaintext, ciphertext } = (await json(request)) as TransitKey;
  return plaintext === undefined
    ? { plaintext: ciphertext!.replace(PREFIX, "") }
    : { ciphertext: PREFIX + plaintext };
}
