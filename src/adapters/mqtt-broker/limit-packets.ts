import { Transform } from "node:stream";

/**
 * Lets MQTT bytes pass as long as every packet says that it is at most `mostBytes` long, and errors at the first that says more:
 * the parser behind it would collect 256 MB before anybody looks. MQTT 3.1.1, section 2.2.3.
 */
export function limitPackets(mostBytes: number): Transform {
  /** Bytes of the present packet's body that are still to come; undefined while its length is being read. */
  let rest: number | undefined;
  let isFirstByte = true;
  let length = 0;
  let shift = 0;

  function check(chunk: Buffer): void {
    for (let at = 0; at < chunk.length;) {
      if (rest !== undefined && rest > 0) {
        const take = Math.min(rest, chunk.length - at);
        rest -= take;
        at += take;
        if (rest === 0) rest = undefined;
        continue;
      }
      const byte = chunk[at++];
      if (isFirstByte) {
        isFirstByte = false;
        continue;
      }
      length += (byte & 0x7f) * 2 ** shift;
      shift += 7;
      if (length > mostBytes) throw new Error(`Packet of ${length} bytes and more; at most ${mostBytes} are taken.`);
      if (shift > 28) throw new Error("Packet length of more than four bytes.");
      if ((byte & 0x80) !== 0) continue;
      rest = length === 0 ? undefined : length;
      isFirstByte = true;
      length = 0;
      shift = 0;
    }
  }

  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      try {
        check(chunk);
        done(null, chunk);
      } catch (error) {
        done(error as Error);
      }
    },
  });
}
