/** The columns of a statement and what makes an object of a row's values. */
export interface Shape {
  columns: readonly string[];
  toObject(values: readonly unknown[]): Record<string, unknown>;
}

/**
 * The shape of rows with these columns. All objects it makes are laid out alike, so V8 finds their properties by
 * place; filled name by name, as pg does it, a row of more than a dozen columns becomes a hash table: 20 times as slow
 * to make, and slow to read ever after. The names come from our own statements, and are quoted.
 */
export function shapeOf(columns: readonly string[]): Shape {
  const entries = columns.map((name, at) => `${JSON.stringify(name)}: values[${at}]`);
  const toObject = new Function("values", `return { ${entries.join(", ")} };`) as Shape["toObject"];
  return { columns, toObject };
}

/** Whether the columns of an answer are those of this shape. */
export function fits(shape: Shape, fields: readonly { name: string }[]): boolean {
  return shape.columns.length === fields.length &&
    shape.columns.every((name, at) => name === fields[at]!.name);
}
