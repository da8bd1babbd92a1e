/**
 * Makes what belongs to a number when it is first asked for, and keeps it: `most` of them, then all go. Pairs mostly come
 * in the order of one of their records, so what is asked for again is asked for soon.
 */
export function lazy<Value>(make: (number: number) => Value, most = 20_000): (number: number) => Value {
  const made = new Map<number, Value>();
  return (number) => {
    const known = made.get(number);
    if (known !== undefined) return known;
    if (made.size >= most) made.clear();
    const value = make(number);
    made.set(number, value);
    return value;
  };
}
