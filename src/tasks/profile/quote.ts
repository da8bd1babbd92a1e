/** A name as SQL reads it, whatever letters it has. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a SQL literal. The engine's texts end at a zero character: nothing that it holds can have one. */
export function literal(text: string): string {
  return `'${text.replaceAll("\0", "").replaceAll("'", "''")}'`;
}

/** A number to the last bit: the engine reads a literal with an exponent as a double, and one without as a decimal. */
export function numberLiteral(value: number): string {
  const text = String(value);
  return !text.includes("e") && text.replace(/[-.]/g, "").length <= 15 ? text : value.toExponential();
}
