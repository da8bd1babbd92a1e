const known = new WeakMap<object, number>();
let next = 0;

/** A number for an object, the same each time: what is asked about a result is asked anew of another result. */
export function identityOf(object: object): number {
  const number = known.get(object) ?? next++;
  known.set(object, number);
  return number;
}
