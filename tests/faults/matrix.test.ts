import { faultMatrix } from "./matrixTests";

faultMatrix("dynamic");
