import { join } from "node:path";
import { root } from "../command";
import { FOLDER, makeEncoders } from "./make";

makeEncoders(join(root, FOLDER));
console.log(`encoders: made in ${FOLDER}`);
