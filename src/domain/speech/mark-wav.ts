/** What a WAV file can say of itself (RIFF's INFO list, Multimedia Programming Interface 1.0, page 2-14). */
export interface WavInfo {
  /** ISFT: the program that made it. */
  readonly software: string;
  /** ICMT: anything else that people should know. */
  readonly comment: string;
}

/** The same WAV file with the words in it, behind the samples: programs that skip 44 bytes and play the rest go on working. */
export function markWav(wav: Uint8Array, { software, comment }: WavInfo): Uint8Array<ArrayBuffer> {
  const list = chunk("LIST", joined([ascii("INFO"), chunk("ISFT", text(software)), chunk("ICMT", text(comment))]));
  // Chunks begin at even places.
  const marked = joined([wav, new Uint8Array(wav.length & 1), list]);
  const view = new DataView(marked.buffer);
  closeSamples(view, wav.length);
  view.setUint32(4, marked.length - 8, true);
  return marked;
}

const DATA = 0x64617461;

/** Writers to a pipe leave the samples' length open ("until the end"); the end is no longer theirs. */
function closeSamples(view: DataView, end: number): void {
  for (let at = 12; at + 8 <= end;) {
    const stated = view.getUint32(at + 4, true);
    if (view.getUint32(at, false) === DATA) {
      if (stated === 0 || at + 8 + stated > end) view.setUint32(at + 4, end - at - 8, true);
      return;
    }
    at += 8 + stated + (stated & 1);
  }
}

const ascii = (name: string): Uint8Array => new TextEncoder().encode(name);
const text = (words: string): Uint8Array => new TextEncoder().encode(`${words}\0`);

function chunk(name: string, content: Uint8Array): Uint8Array {
  const size = new Uint8Array(4);
  new DataView(size.buffer).setUint32(0, content.length, true);
  return joined([ascii(name), size, content, new Uint8Array(content.length & 1)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
