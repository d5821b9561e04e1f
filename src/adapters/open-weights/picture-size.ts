export interface Size {
  readonly width: number;
  readonly height: number;
}

/** How a preprocessor_config.json says that a picture is to be brought to the network's size. */
export type SizeRule =
  | { readonly height: number; readonly width: number }
  | { readonly shortest_edge: number; readonly longest_edge?: number | undefined }
  | { readonly longest_edge: number };

/** The size to resize to. Fixed sizes do not keep proportions; edges do, and their products are cut, not rounded. */
export function sizeFor(rule: SizeRule, { width, height }: Size): Size {
  if ("height" in rule) return { width: rule.width, height: rule.height };
  const short = Math.min(width, height);
  const long = Math.max(width, height);
  if (!("shortest_edge" in rule)) return scaled(rule.longest_edge / long);
  const { shortest_edge: shortest, longest_edge: longest = Infinity } = rule;
  return edges((long / short) * shortest > longest ? (longest * short) / long : shortest);

  function scaled(scale: number): Size {
    return { width: Math.max(1, Math.floor(width * scale)), height: Math.max(1, Math.floor(height * scale)) };
  }
  /** `edge` may have a fraction: the short side is rounded, the long one is cut from the fraction's product. */
  function edges(edge: number): Size {
    const rounded = Math.round(edge);
    if (width <= height) return { width: rounded, height: Math.trunc((edge * height) / width + 1e-9) };
    return { height: rounded, width: Math.trunc((edge * width) / height + 1e-9) };
  }
}

/** Sides of the dense-prediction transformers: one scale, the one nearer to 1, and sides that are multiples of the patch. */
export function denseSizeFor({ width, height }: Size, { target = 518, multiple = 14 } = {}): Size {
  const scaleW = target / width;
  const scaleH = target / height;
  const scale = Math.abs(1 - scaleW) < Math.abs(1 - scaleH) ? scaleW : scaleH;
  const side = (length: number): number => Math.max(multiple, Math.round((length * scale) / multiple) * multiple);
  return { width: side(width), height: side(height) };
}
