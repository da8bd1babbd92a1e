import { Fault, hashOf } from "../../src/base";
import { createEngine } from "../../src/data";
import { createInference } from "../../src/inference";
import { rowsOf, tableFromArrow, tableToArrow } from "../../src/table";

/** What a test in e2e/engines may call in the page. */
const harness = { Fault, hashOf, createEngine, createInference, rowsOf, tableFromArrow, tableToArrow };

declare global {
  interface Window {
    harness: typeof harness;
  }
}

window.harness = harness;
