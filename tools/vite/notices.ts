import type { Plugin } from "vite";
import { licensedPackages, noticeText } from "../health/licences.ts";

/** Puts the notices of the packages that the app is made with beside it, as `licences.txt`. */
export function notices(): Plugin {
  return {
    name: "polytab-notices",
    apply: "build",
    generateBundle() {
      this.emitFile({ type: "asset", fileName: "licences.txt", source: noticeText(licensedPackages()) });
    },
  };
}
