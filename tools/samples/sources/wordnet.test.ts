import { expect, it } from "vitest";
import { splitGloss, synsetOf } from "./wordnet";

it("reads a line of WordNet's data files", () => {
  const line =
    "00002137 03 n 02 abstraction 0 abstract_entity 0 003 @ 00001740 n 0000 + 00694095 v 0101 ~ 00023280 n 0000 | a general concept  ";
  const synset = synsetOf(line, "noun", new Map([["noun 00002137", 5]]));
  expect(synset).toMatchObject({
    key: "noun 00002137",
    file: "noun.Tops",
    words: ["abstraction", "abstract entity"],
    tags: 5,
  });
  expect(synset.definition).toBe("a general concept");
  expect([...synset.pointers]).toEqual([
    ["@", 1],
    ["+", 1],
    ["~", 1],
  ]);
});

it("parts a gloss into the definition and its examples", () => {
  expect(splitGloss('strike, usually with the fist; hard; "They pummeled him"; "she pummels"  ')).toEqual({
    definition: "strike, usually with the fist; hard",
    examples: ["They pummeled him", "she pummels"],
  });
});
