import { csharp } from "./csharp";
import { go } from "./go";
import type { Language } from "./language";
import { python } from "./python";
import { typescript } from "./typescript";
import { yaml } from "./yaml";

/** The languages of the examples on the pages of resources, in the order of the pages. */
export const LANGUAGES: readonly Language[] = [typescript, yaml, python, go, csharp];
