import { describe, expect, it } from "vitest";
import { Fault } from "../base";
import { raiseFence } from "./fence";

/** A global scope as browsers make it: some members are its own, others stand on its prototypes. */
function scopeDouble() {
  class EventTarget {
    addEventListener() {}
  }
  class WorkerGlobalScope extends EventTarget {
    fetch() {}
    get indexedDB() {
      return {};
    }
  }
  const scope = new WorkerGlobalScope() as unknown as Record<string, unknown>;
  const URL = { createObjectURL: () => "blob:x", revokeObjectURL: () => {} };
  const performance = { now: () => 5, getEntries: () => ["secret"] };
  return Object.assign(scope, { XMLHttpRequest: class {}, somethingNew: () => "network", Math, performance, URL });
}

const refused = (action: () => unknown) => {
  try {
    action();
  } catch (error) {
    return error instanceof Fault ? error.code : String(error);
  }
  return "it worked";
};

describe("the fence", () => {
  it("takes away what is not allowed, also from prototypes, also what is not invented yet", () => {
    const scope = scopeDouble();
    raiseFence(scope);
    expect(scope.somethingNew).toBeUndefined();
    expect(scope.addEventListener).toBeUndefined();
    expect(scope.Math).toBe(Math);
    const prototype = Object.getPrototypeOf(scope);
    expect(prototype.fetch).toBeUndefined();
    expect(prototype.indexedDB).toBeUndefined();
    expect(Object.keys(scope.performance)).toEqual(["now"]);
    expect(scope.performance.now()).toBe(5);
  });

  it("says why in the words of a Fault", () => {
    const scope = scopeDouble() as Record<string, unknown> & ReturnType<typeof scopeDouble>;
    raiseFence(scope);
    expect(refused(() => (scope.fetch as () => void)())).toBe("code-fenced");
    expect(refused(() => new (scope.XMLHttpRequest as new () => unknown)())).toBe("code-fenced");
    expect(refused(() => scope.indexedDB)).toBe("code-fenced");
    expect(refused(() => scope.URL.createObjectURL())).toBe("code-fenced");
  });

  it("leaves a taken name free for a table of the notebook", () => {
    const scope = scopeDouble() as Record<string, unknown>;
    const reserved = raiseFence(scope);
    expect(reserved.has("Math")).toBe(true);
    expect(reserved.has("location")).toBe(false);
    Object.defineProperty(scope, "location", { get: () => [1] });
    expect(scope.location).toEqual([1]);
  });
});
