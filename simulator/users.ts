import { idOf } from "./topology";

/** A project. */
export interface Project {
  id: string;
  name: string;
}

/** A user with roles in one project. */
export interface User {
  id: string;
  name: string;
  password: string;
  project: Project;
  roles: string[];
}

/** All users. */
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

/** The id of a project of the simulator, by its name. */
export const projectIdOf = (name: string): string => idOf(`project ${name}`);
