/** Buffers for pictures of each size, made once: cameras of different sizes take turns without new memory. */
export function bySize<T>(make: (pixelCount: number) => T): { get(width: number, height: number): T } {
  const made = new Map<string, T>();
  return {
    get(width, height) {
      const key = `${width}x${height}`;
      const known = made.get(key);
      if (known) return known;
      const fresh = make(width * height);
      made.set(key, fresh);
      return fresh;
    },
  };
}
