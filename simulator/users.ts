import { idOf } from "./fixture";

/** A project, or the user's home domain's view of one. */
export interface Project {
  id: string;
  name: string;
}

/** Someone who can log in, with the roles held in one project. */
export interface User {
  id: string;
  name: string;
  password: string;
  project: Project;
  roles: string[];
}

/** Everyone who can log in. */
export const users: User[] = [
  ["admin", "lab-admin-pass", "admin", ["manager", "reader", "admin", "member"]],
  ["lab-user", "lab-user-pass", "lab", ["reader", "member"]],
  ["lab-reader", "lab-reader-pass", "lab", ["reader"]],
  ["lab-other-user", "lab-other-pass", "lab-other", ["reader", "member"]],
].map(([name, password, project, roles]) => ({
  id: idOf(`user ${String(name)}`),
  name: String(name),
  password: String(password),
  project: { id: idOf(`project ${String(project)}`), name: String(project) },
  roles: roles as string[],
}));

/** Id of a project of the simulator, by its name. */
export const projectIdOf = (name: string): string => idOf(`project ${name}`);
