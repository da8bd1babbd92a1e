import { plainRowsASecond } from "./features";

/** Prints the rows a second of one case of `bench -- features` in plain Node: this process does nothing else. */
console.log(await plainRowsASecond(Number(process.argv[2])));
