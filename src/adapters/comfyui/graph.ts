/** A node's output: the node's name, and which of its outputs. */
export type Output = readonly [node: string, index: number];
export type Input = string | number | boolean | Output;

/** A workflow in the form that `POST /prompt` takes. */
export type Graph = Readonly<
  Record<string, { readonly class_type: string; readonly inputs: Readonly<Record<string, Input>> }>
>;

/** Collects nodes; each gives back how its outputs are named. */
export function createGraph() {
  const nodes: Record<string, { class_type: string; inputs: Record<string, Input> }> = {};
  return {
    /** `node("VAEDecode", { samples, vae })(0)` is its first output. Undefined inputs are left out. */
    node: (type: string, inputs: Readonly<Record<string, Input | undefined>>): ((index: number) => Output) => {
      const id = String(Object.keys(nodes).length + 1);
      const given = Object.entries(inputs).filter((each): each is [string, Input] => each[1] !== undefined);
      nodes[id] = { class_type: type, inputs: Object.fromEntries(given) };
      return (index) => [id, index];
    },
    graph: nodes as Graph,
  };
}

/** A file that was uploaded, as loading nodes name it. */
export interface Uploaded {
  readonly name: string;
  readonly subfolder: string;
}
export const loadName = ({ name, subfolder }: Uploaded): string => (subfolder === "" ? name : `${subfolder}/${name}`);
