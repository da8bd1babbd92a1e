/**
 * What an engine does once before it has anything to do: browsers compile code when it is first called, and what a task asks
 * first (its Parquet files, the join of pairs, the profile of a column) took 1.2 to 2.5 times as long for that.
 */
const ROWS = 12_000;

/** Rows of every modality, and the ids of a left and a right record. */
export const REHEARSED_ROWS = `select i::varchar as id, (i % 997)::varchar as left_id, (i * 31 % 997)::varchar as right_id,
  md5(i::varchar) || ' ' || md5((i + 1)::varchar) as words, i / 3.0 as number, (i % 7)::varchar as kind,
  struct_pack(bytes := encode(md5(i::varchar)), path := null::varchar) as image
from range(${ROWS}) as t(i)`;

/** Statements on those rows, in a table of this name. */
export const REHEARSED = "__rehearsed";

const twice = (column: string): string =>
  `(select 'train' as split, ${column} from ${REHEARSED} union all select 'test', ${column} from ${REHEARSED})`;

export const REHEARSAL: readonly string[] = [
  `create or replace table ${REHEARSED} as
select p.*, l.words as left_words, r.words as right_words, l.image as left_image, r.image as right_image
from ${REHEARSED} as p join ${REHEARSED} as l on p.left_id = l.id join ${REHEARSED} as r on p.right_id = r.id order by p.id`,
  `select kind, count(*) filter (where split = 'train')::integer as train from ${twice("kind")} where kind is not null group by kind order by train desc, kind`,
  `select row_number() over (partition by kind is null order by n desc, kind) as place, n
from (select kind, count(*) as n from ${twice("kind")} group by 1)`,
  `select split, count(distinct m)::integer as d, min(m), max(m), avg(m), stddev_samp(m), bool_and(m = floor(m))::integer,
  quantile_cont(m::double, [0.1, 0.5]) from (select split, number as m from ${twice("number")}) group by split`,
  `select split, floor(m / 5) * 5 as bin, count(*)::integer as n
from (select split, length(words) - length(replace(words, ' ', '')) + (words <> '')::integer as m from ${twice("words")}) group by 1, 2`,
];
