import { describe, expect, it } from "vitest";
import { faultDataOf } from "../base";
import { checkStatement } from "./statement";

function faultOf(sql: string) {
  try {
    checkStatement(sql);
  } catch (error) {
    return faultDataOf(error);
  }
  return undefined;
}

describe("a SQL cell", () => {
  it.each([
    ["select 1", "rows"],
    ["-- a comment\n SELECT 1; -- another", "rows"],
    ["from train;;", "rows"],
    ["((select 1) union (select 2))", "rows"],
    ["with a as (select 1), b(x) as (select 2), c as not materialized (select ')') select * from a, b, c", "rows"],
    ["with recursive t(n) as (select 1 union all select n + 1 from t where n < 5) from t", "rows"],
    ["values (1)", "rows"],
    ["table train", "rows"],
    ["pivot train on a using sum(b)", "rows"],
    ["unpivot train on a, b", "rows"],
    ["select ';' as \"copy;\", $$;drop table x;$$, e'\\';' from train", "rows"],
    ["describe train", "report"],
    ["summarize train", "report"],
    ["show tables", "report"],
    ["explain select 1", "report"],
    ["explain analyze with a as (select 1) from a", "report"],
    ["explain (format json) select 1", "report"],
    ["select 1 from insert_log -- not an insert", "rows"],
  ])("may read: %s", (sql, reading) => {
    expect(checkStatement(sql)).toBe(reading);
  });

  it.each([
    ["attach 'x.db'", "ATTACH"],
    ["COPY train TO 'x.csv'", "COPY"],
    ["/* from */ copy (from train) to 'https://example.org'", "COPY"],
    ["install httpfs", "INSTALL"],
    ["load httpfs", "LOAD"],
    ["set enable_external_access = true", "SET"],
    ["reset memory_limit", "RESET"],
    ["pragma version", "PRAGMA"],
    ["call pragma_version()", "CALL"],
    ["create table x as select 1", "CREATE"],
    ["insert into train values (1)", "INSERT"],
    ["update train set x = 1", "UPDATE"],
    ["delete from train", "DELETE"],
    ["drop table train", "DROP"],
    ["alter table train add column x int", "ALTER"],
    ["export database 'x'", "EXPORT"],
    ["import database 'x'", "IMPORT"],
    ["begin", "BEGIN"],
    ["use x", "USE"],
    ["prepare p as select 1", "PREPARE"],
    ["with a as (select 1) insert into train from a", "INSERT"],
    ["with a(x) as (select 1), b as materialized (from a) delete from train", "DELETE"],
    ["explain analyze copy train to 'x'", "COPY"],
    ["explain (analyze) create table x as select 1", "CREATE"],
    ["explain with a as (select 1) update train set x = 1", "UPDATE"],
    ["\u00a0\u2003drop table train", "DROP"],
  ])("may not change anything: %s", (sql, verb) => {
    const fault = faultOf(sql);
    expect(fault).toMatchObject({ code: "sql-refused", message: `A SQL cell only reads: ${verb} is not allowed` });
    expect(fault?.hint).toBeTruthy();
  });

  it("holds one statement, and says where the second begins", () => {
    expect(faultOf("select 1;\n\n  copy train to 'x'")).toMatchObject({
      code: "sql-refused",
      where: { line: 3, column: 3 },
    });
    expect(faultOf("select 1; -- fine\n;")).toBeUndefined();
    expect(faultOf("select ';' ; select 2")).toMatchObject({ code: "sql-refused", where: { line: 1, column: 14 } });
  });

  it("is not fooled by quotes that the engine reads otherwise", () => {
    // a$$b is one name to the engine, so what follows is a second statement
    expect(faultOf("select 1 as a$$b; drop table train --$$")).toMatchObject({ code: "sql-refused" });
    expect(faultOf("select e'\\'; drop table train --'")).toBeUndefined();
    expect(faultOf("select '\\'; drop table train --'")).toMatchObject({ code: "sql-refused" });
    expect(faultOf("select 1 /* /* */; */ ; drop table train")).toMatchObject({ code: "sql-refused" });
    expect(faultOf("select x'00'; drop table train")).toMatchObject({ code: "sql-refused" });
    expect(faultOf("select $1; drop table train -- $1")).toMatchObject({ code: "sql-refused" });
  });

  it("says what is missing or mistyped", () => {
    expect(faultOf(" -- nothing")).toMatchObject({ code: "sql-empty" });
    expect(faultOf("frm train")).toMatchObject({ code: "sql-syntax", hint: "Did you mean FROM?" });
    expect(faultOf("\n 42")).toMatchObject({ code: "sql-syntax", where: { line: 2, column: 2 } });
    expect(faultOf("with")).toBeUndefined(); // left to the engine, which says what is missing
    expect(faultOf("constructor")).toMatchObject({ code: "sql-syntax" });
  });
});
