import { parquetWriteFile } from "hyparquet-writer";

export type Column =
  | { readonly type: "floats"; readonly values: readonly (readonly number[])[] }
  | { readonly type: "float" | "int"; readonly values: readonly number[] }
  | { readonly type: "bool"; readonly values: readonly boolean[] };

type WriteOptions = Parameters<typeof parquetWriteFile>[0];
type SchemaElement = NonNullable<WriteOptions["schema"]>[number];

const PHYSICAL = { float: "FLOAT", int: "INT64", bool: "BOOLEAN" } as const;

/** A Parquet file; lists are written as the format's three-level lists, which every reader takes. */
export function writeTable(filename: string, columns: Readonly<Record<string, Column>>): void {
  const entries = Object.entries(columns);
  const schema: SchemaElement[] = [{ name: "schema", num_children: entries.length, repetition_type: "REQUIRED" }];
  for (const [name, { type }] of entries) {
    if (type !== "floats") {
      schema.push({ name, type: PHYSICAL[type], repetition_type: "OPTIONAL" });
      continue;
    }
    schema.push(
      { name, num_children: 1, repetition_type: "OPTIONAL", converted_type: "LIST", logical_type: { type: "LIST" } },
      { name: "list", num_children: 1, repetition_type: "REPEATED" },
      { name: "element", type: "FLOAT", repetition_type: "OPTIONAL" },
    );
  }
  const columnData = entries.map(([name, { type, values }]) => ({
    name,
    data: type === "int" ? values.map((value) => BigInt(value)) : [...values],
  }));
  parquetWriteFile({ filename, columnData, schema });
}
