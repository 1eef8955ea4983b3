import { faultMatrix } from "./matrixTests";

faultMatrix("plugin");
