import { describe, expect, it } from "vitest";
import { namesRead, renameRead } from "./names";

const KNOWN = ["train", "validation", "features", "class_balance", "my cell", "n", "label"];

describe("the names that a statement reads", () => {
  it.each<[string, string[]]>([
    ["select label, count(*) as n from train group by all", ["train"]],
    ["FROM Train", ["train"]],
    ["from train, validation as v, (select 1) x, features", ["train", "validation", "features"]],
    [
      "select * from train t join validation v on t.id = v.id left join features using (id)",
      ["train", "validation", "features"],
    ],
    ["from train positional join features", ["train", "features"]],
    ["from train asof join features using (id, label), class_balance", ["train", "features", "class_balance"]],
    ["from (train join validation using (id))", ["train", "validation"]],
    ["from ((from train) union all (from validation))", ["train", "validation"]],
    [
      "select * from train where id in (select id from validation) or x = (from features select max(x))",
      ["train", "validation", "features"],
    ],
    ['from "my cell"', ["my cell"]],
    ["from main.train", ["train"]],
    ['select label from memory."main".validation join main.features using (id)', ["validation", "features"]],
    ["select train.label from validation", ["validation"]],
    ["from train.other", []],
    ["select 'from train' -- from train\n/* from /* nested */ train */ from validation", ["validation"]],
    ["select $$ from train $$, $t$ from train $t$, E'it\\'s from train' from validation", ["validation"]],
    ['select """from train" from validation', ["validation"]],
    ["with train as (select 1) from train", []],
    ["with train as (select * from train) select * from train", ["train"]],
    ["with a as materialized (from train), features(x) as (from a) from features, validation", ["train", "validation"]],
    ["with recursive n as (select 1 union all select x from n) from n", []],
    ["select n.x from (select 1 as x) n", []],
    [
      "select extract(year from label), trim(both 'x' from n), a is distinct from features, b is not distinct from n from train",
      ["train"],
    ],
    ["from features(1)", []],
    ["select label, n from train order by label, n limit 5", ["train"]],
    ["from train select label, n", ["train"]],
    ["describe train", ["train"]],
    ["summarize validation", ["validation"]],
    ["show features", ["features"]],
    ["table train", ["train"]],
    ["explain analyze from train", ["train"]],
    ["pivot train on label, n using count(*)", ["train"]],
    ["unpivot features on a, label", ["features"]],
    ["from train pivot (count(*) for label in ('a', 'b')), validation", ["train", "validation"]],
    ["select list_transform([n], n -> n + 1), {train: 1}, x[n] from validation", ["validation"]],
    ["select * from train cross join lateral (select train.x) q, unnest([1]) u, n", ["train", "n"]],
    ["select describe, show, summarize from train", ["train"]],
    ["values (1), (2)", []],
    ["from train semi join validation using (id) except from features", ["train", "validation", "features"]],
    ["", []],
    ["from", []],
    ["select 'unclosed from train", []],
  ])("%s", (sql, expected) => {
    expect(namesRead(sql, KNOWN)).toEqual(expected);
  });
});

describe("a name that a statement reads is renamed", () => {
  it.each([
    ["select features.n, n from features where features.n > 1", "select sizes.n, n from sizes where sizes.n > 1"],
    ['from train, "features" as f', 'from train, "sizes" as f'],
    ["select features from train", "select features from train"],
    ["select 'features' from FEATURES -- features", "select 'features' from sizes -- features"],
    ["with features as (select 1) from features", "with features as (select 1) from features"],
    ["select a.features.n from main.features", "select a.features.n from main.sizes"],
  ])("%s", (sql, expected) => expect(renameRead(sql, "features", "sizes")).toBe(expected));
});
