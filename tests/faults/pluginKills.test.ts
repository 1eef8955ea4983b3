import { killedRuns } from "./killTests";

killedRuns("plugin");
