import { randomBytes } from "node:crypto";
import { member, Refusal, required, sought } from "./loginBody";
import { idOf } from "./topology";
import { users, type User } from "./users";

/** An application credential. */
export interface ApplicationCredential {
  id: string;
  name: string;
  secret: string;
  user: User;
}

/** The application credential of `lab-user` that exists from the start. */
export const initialCredential = {
  id: idOf("application credential lab-app-cred"),
  name: "lab-app-cred",
  secret: "lab-app-secret",
} as const;

/** The application credentials of all users. */
export class ApplicationCredentials {
  private readonly all: ApplicationCredential[] = users
    .filter(({ name }) => name === "lab-user")
    .map((user) => ({ ...initialCredential, user }));

  /**
   * Adds a credential of a user, whose credentials have unique names.
   * @throws Refusal
   */
  add(user: User, name: string, secret: string): ApplicationCredential {
    if (this.all.some((each) => each.user === user && each.name === name)) {
      throw new Refusal(
        409,
        `Conflict occurred attempting to store application_credential - Duplicate entry found with name ${name}.`,
      );
    }
    const credential = { id: randomBytes(16).toString("hex"), name, secret, user };
    this.all.push(credential);
    return credential;
  }

  /** Removes a credential. Returns false if the user has none with that id. */
  remove(user: User, id: string): boolean {
    const at = this.all.findIndex((each) => each.user === user && each.id === id);
    if (at < 0) {
      return false;
    }
    this.all.splice(at, 1);
    return true;
  }

  /**
   * The credential in a login, if its secret is right; otherwise null.
   * @throws Refusal for an unknown id
   */
  provenBy(proof: unknown): ApplicationCredential | null {
    const what = "application credential";
    const id = member(proof, "id");
    if (id === undefined) {
      required(member(proof, "name"), "name or ID", what);
    }
    const user =
      id === undefined
        ? sought(users, required(member(proof, "user"), "user", what), "user")
        : undefined;
    const found = this.all.find((each) =>
      id === undefined ? each.user === user && each.name === member(proof, "name") : each.id === id,
    );
    if (!found && id !== undefined) {
      throw new Refusal(404, `Could not find Application Credential: ${id as string}.`);
    }
    return found?.secret === member(proof, "secret") ? (found ?? null) : null;
  }
}
