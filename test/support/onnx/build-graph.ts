import onnxProto from "onnx-proto";

const { onnx } = onnxProto;

type TensorType = "float32" | "int64" | "bool";
type Shape = readonly (number | string)[];
/** The name of a value in the graph. */
export type Value = string & { readonly __value: true };
type Attribute = number | string | readonly number[] | { readonly float: number };

const TYPES: Readonly<Record<TensorType, number>> = {
  float32: onnx.TensorProto.DataType.FLOAT,
  int64: onnx.TensorProto.DataType.INT64,
  bool: onnx.TensorProto.DataType.BOOL,
};

/** Writes an ONNX graph, one operator after the other. */
export interface GraphWriter {
  input(name: string, type: TensorType, shape: Shape): Value;
  floats(values: Iterable<number>, dims: readonly number[]): Value;
  integers(values: Iterable<number>, dims?: readonly number[]): Value;
  op(type: string, inputs: readonly Value[], attributes?: Readonly<Record<string, Attribute>>): Value;
  output(name: string, value: Value, type: TensorType, shape: Shape): void;
  encode(): Uint8Array;
}

const typeOf = (type: TensorType, shape: Shape) => ({
  tensorType: {
    elemType: TYPES[type],
    shape: { dim: shape.map((size) => (typeof size === "number" ? { dimValue: size } : { dimParam: size })) },
  },
});

function attributeOf(name: string, value: Attribute) {
  const { AttributeType } = onnx.AttributeProto;
  if (typeof value === "string") return { name, type: AttributeType.STRING, s: Buffer.from(value) };
  if (typeof value === "number") return { name, type: AttributeType.INT, i: value };
  if ("float" in value) return { name, type: AttributeType.FLOAT, f: value.float };
  return { name, type: AttributeType.INTS, ints: [...value] };
}

export function createGraph(): GraphWriter {
  const graph = {
    name: "g",
    input: [] as object[],
    output: [] as object[],
    node: [] as object[],
    initializer: [] as object[],
  };
  let next = 0;
  const fresh = (): Value => `v${next++}` as Value;
  const constant = (dataType: number, dims: readonly number[], rawData: Uint8Array): Value => {
    const name = fresh();
    graph.initializer.push({ name, dims: [...dims], dataType, rawData });
    return name;
  };
  return {
    input(name, type, shape) {
      graph.input.push({ name, type: typeOf(type, shape) });
      return name as Value;
    },
    floats: (values, dims) => constant(TYPES.float32, dims, new Uint8Array(Float32Array.from(values).buffer)),
    integers(values, dims) {
      const data = BigInt64Array.from([...values].map(BigInt));
      return constant(TYPES.int64, dims ?? [data.length], new Uint8Array(data.buffer));
    },
    op(opType, input, attributes = {}) {
      const name = fresh();
      const attribute = Object.entries(attributes).map(([key, value]) => attributeOf(key, value));
      graph.node.push({ opType, name, input: [...input], output: [name], attribute });
      return name;
    },
    output(name, value, type, shape) {
      graph.node.push({ opType: "Identity", name: `out-${name}`, input: [value], output: [name] });
      graph.output.push({ name, type: typeOf(type, shape) });
    },
    encode: () =>
      onnx.ModelProto.encode(
        onnx.ModelProto.create({ irVersion: 8, opsetImport: [{ domain: "", version: 17 }], graph }),
      ).finish(),
  };
}
