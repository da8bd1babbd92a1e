import { beforeAll, describe, expect, it } from "vitest";
import { mayRead } from "./columns-read";
import { compile } from "./compile";
import { loadParsers } from "./parsers";
import { TOOLBOX_NAMES } from "./toolbox/names";

beforeAll(loadParsers);

const readsOf = (features: string) =>
  compile(`import { defineFeatures } from "polytab";\nexport default defineFeatures(${features});`, TOOLBOX_NAMES)
    .reads;

describe("what features read of a flat row", () => {
  const columns = ["id", "name", "price", "photo", "left_over"];
  const read = (features: string) => {
    const reads = readsOf(features);
    return columns.filter((column) => mayRead(reads, column, "classification")).join(" ");
  };
  const all = columns.join(" ");

  it.each([
    ["nothing but the id that messages name", "(row) => ({ one: 1 })", "id"],
    ["properties by name", "(row) => ({ a: row.name.length, b: row['price'] ?? 0 })", "id name price"],
    ["properties of what may be missing", "async (row) => ({ a: await row?.photo?.rgba(8) })", "id photo"],
    ["a parameter that takes the row apart", "({ name, price: cost = 1 }) => ({ a: name, b: cost })", "id name price"],
    ["a variable that takes the row apart", "(row) => { const { name } = row; return { name }; }", "id name"],
    ["its embeddings, which are no columns", "(row) => ({ a: embedding(row, 'name'), b: row.price })", "id price"],
    ["functions within", "(row) => ({ a: [1, 2].map((i) => row.price * i)[0] })", "id price"],
    [
      "with another name of the same spelling",
      "(row) => ({ a: [{ price: 1 }].map((row) => row.price)[0] })",
      "id price",
    ],
    ["an object of features, without rows to learn from", "{ features: (row) => ({ a: row.name }) }", "id name"],
    [
      "what is learnt row by row",
      `{ fit: (rows) => {
        const mean = rows.reduce ? rows.map((row) => row.price).length / rows.length : 0;
        for (const { name } of rows) mean + name;
        return mean;
      }, features: (row, mean) => ({ a: mean }) }`,
      all, // rows.reduce is no reading that is followed
    ],
    [
      "what is learnt row by row, and labels",
      `{ fit(rows) {
        for (const { name } of rows) console.log(name);
        return rows.map((row, i) => row.label === "a" ? row.price : i);
      }, features: (row, seen) => ({ a: seen.length }) }`,
      "id name price",
    ],
  ])("%s", (_, features, expected) => expect(read(features)).toBe(expected));

  it.each([
    ["a name that is computed", "(row) => ({ a: row[['na', 'me'].join('')] })"],
    ["all of it", "(row) => ({ ...row })"],
    ["the row itself, as features", "(row) => row"],
    ["a list of its names", "(row) => ({ a: Object.keys(row).length })"],
    ["a loop over its names", "(row) => { let n = 0; for (const k in row) n++; return { n }; }"],
    ["a function elsewhere", "(row) => helper(row)"],
    ["a function of the toolbox's name", "(row) => { const embedding = (r) => r.name; return { a: embedding(row) }; }"],
    ["the toolbox's function under another name", "(row) => { const other = embedding; return { a: other(row) }; }"],
    ["its text", "(row) => ({ a: JSON.stringify(row) })"],
    ["another variable", "(row) => { const same = row; return { a: same.name }; }"],
    ["an assignment", "(row) => { let a; a = row; return { a: a.name }; }"],
    ["a question for a name", "(row) => ({ a: 'name' in row })"],
    ["arguments", "function (row) { return { a: arguments[0].name }; }"],
    ["the rest", "({ id, ...rest }) => rest"],
    ["a computed pattern", "({ ['na' + 'me']: name }) => ({ name })"],
    ["a default row", "(row = {}) => ({ a: row.name })"],
    ["any number of parameters", "(...given) => ({ a: given[0].name })"],
    ["features that are written elsewhere", "elsewhere"],
    ["a whole definition that is written elsewhere", "{ ...elsewhere }"],
    ["training rows by their number", "{ fit: (rows) => rows[0], features: (row, first) => ({ a: first.name }) }"],
    ["training rows that are handed on", "{ fit: (rows) => learn(rows), features: (row) => ({ a: row.name }) }"],
    ["training rows that are kept", "{ fit: (rows) => rows.map((row) => row), features: (row) => ({ a: 1 }) }"],
    [
      "the list that a reader is handed",
      "{ fit: (rows) => rows.map((row, i, all) => all[i].name), features: () => ({ a: 1 }) }",
    ],
    ["a reader that is written elsewhere", "{ fit: (rows) => rows.map(nameOf), features: () => ({ a: 1 }) }"],
    ["a method that every object has", "(row) => ({ a: row.hasOwnProperty('price') ? 1 : 0 })"],
    ["a method that gives the row back", "(row) => ({ a: row.valueOf().price })"],
    ["a prototype", "(row) => { row.__proto__ = { get x() { return this.price; } }; return { a: row.x }; }"],
    [
      "a method that the code gives it",
      "(row) => { row.sum = function () { return Object.values(this).length; }; return { a: row.sum() }; }",
    ],
    ["an optional call", "(row) => ({ a: row.sum?.() })"],
    ["a tag", "(row) => ({ a: row.tag`x` })"],
    ["a getter in place of the function", "{ get features() { return (row) => ({ a: Object.keys(row).length }); } }"],
    [
      "a getter in place of what learns",
      "{ get fit() { return (rows) => rows[0]; }, features: (row, first) => ({ a: first.name }) }",
    ],
    [
      "whatever else a reader is handed",
      "{ fit: (rows) => rows.map((row, ...rest) => rest[1][0].price), features: (row, s) => ({ b: s[0] }) }",
    ],
    ["an own defineFeatures", "((defineFeatures) => defineFeatures((row) => row))((f) => f)"],
  ])("gives up for %s", (_, features) => expect(read(features)).toBe(all));

  it("looks through code that is deep or long", () => {
    expect(readsOf(`(row) => ({ a: row.name${".b()".repeat(2_000)} })`).row).toEqual(new Set(["name"]));
    const aliases = Array.from({ length: 3_000 }, (_, i) => `let a${i} = row.left;`).join("\n");
    expect(readsOf(`(row) => { ${aliases} return { a: a7.name }; }`).left).toEqual(new Set(["name"]));
  });

  it("gives up for what is exported in another way", () => {
    const { reads } = compile(
      'import { defineFeatures } from "polytab";\nconst made = defineFeatures((row) => ({ a: row.name }));\nexport { made as default };',
      TOOLBOX_NAMES,
    );
    expect(reads.row).toBe("all");
  });
});

describe("what features read of a pair", () => {
  const columns = ["id", "source", "left_id", "left_name", "left_photo", "right_name", "right_photo"];
  const read = (features: string) => {
    const reads = readsOf(features);
    return columns.filter((column) => mayRead(reads, column, "matching")).join(" ");
  };

  it.each([
    ["by way of the row", "(row) => ({ a: row.left.name === row.right.name })", "id left_name right_name"],
    ["of one side", "(row) => ({ a: row.left?.name, b: row.source })", "id source left_name"],
    ["taken apart", "({ left, right }) => ({ a: left.name, b: right.photo })", "id left_name right_photo"],
    [
      "taken apart twice",
      "({ left: { name }, right: { name: other } }) => ({ a: name + other })",
      "id left_name right_name",
    ],
    [
      "by variables",
      "(row) => { const a = row.left; const { photo } = row.right; return { a: a.name, photo }; }",
      "id left_name right_photo",
    ],
    [
      "one side whole",
      "(row) => ({ a: row.left[1], b: row.right.name })",
      columns.join(" "), // what is lost is lost for all
    ],
    ["with a side that goes elsewhere", "({ left, right }) => ({ a: same(left, right) })", columns.join(" ")],
    ["with a side for which there is another", "({ left = {} }) => ({ a: left.name })", columns.join(" ")],
    [
      "of training pairs",
      "{ fit: (rows) => rows.flatMap(({ left, right }) => [left.name, right.name]), features: ({ left }) => ({ a: left.photo }) }",
      "id left_name left_photo right_name",
    ],
  ])("%s", (_, features, expected) => expect(read(features)).toBe(expected));
});
