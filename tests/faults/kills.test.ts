import { killedRuns } from "./killTests";

killedRuns("dynamic");
