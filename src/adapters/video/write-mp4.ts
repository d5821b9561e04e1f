import { registerAacEncoder } from "@mediabunny/aac-encoder";
import {
  ALL_FORMATS,
  AudioSample,
  AudioSampleSource,
  BufferSource,
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacketSink,
  EncodedVideoPacketSource,
  Input,
  Mp4OutputFormat,
  Output,
  type MetadataTags,
} from "mediabunny";
import type { Sound } from "../../domain/speech/sound.js";
import { generatedXmp } from "../../domain/skill/generated-xmp.js";

export interface Mp4Changes {
  /** A sound track (AAC), from the video's beginning on, in place of any that it has. */
  readonly sound?: Sound;
  /** What the file says of itself. */
  readonly title?: string;
  readonly comment?: string;
  /** Marks the file as made by a generative model, by this one: XMP with IPTC's `trainedAlgorithmicMedia`. */
  readonly generatedBy?: string;
}

const AAC_BITRATE = 64_000;
/** The box of XMP in an MP4, by Adobe's specification. */
const XMP_UUID = Buffer.from("be7acfcb97a942e89c71999491e3afac", "hex");

/** The same pictures, packet by packet, in a new file with another sound or other words about it. Throws for what is no video. */
export async function rewriteMp4(video: Uint8Array, changes: Mp4Changes): Promise<Uint8Array> {
  const { sound, title, comment, generatedBy } = changes;
  using input = new Input({ source: new BufferSource(video), formats: ALL_FORMATS });
  const track = await input.getPrimaryVideoTrack();
  const codec = await track?.getCodec();
  const config = await track?.getDecoderConfig();
  if (!track || !codec || !config) throw new TypeError("Expected a video with a codec that is known.");
  const target = new BufferTarget();
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: "in-memory" }), target });
  const pictures = new EncodedVideoPacketSource(codec);
  output.addVideoTrack(pictures, { rotation: await track.getRotation() });

  const oldSound = sound === undefined ? await input.getPrimaryAudioTrack() : null;
  const oldCodec = await oldSound?.getCodec();
  const oldConfig = await oldSound?.getDecoderConfig();
  let kept: EncodedAudioPacketSource | undefined;
  let made: AudioSampleSource | undefined;
  if (sound !== undefined) {
    registerAacEncoder();
    made = new AudioSampleSource({ codec: "aac", bitrate: AAC_BITRATE });
    output.addAudioTrack(made);
  } else if (oldSound && oldCodec && oldConfig) {
    kept = new EncodedAudioPacketSource(oldCodec);
    output.addAudioTrack(kept);
  }
  const tags: MetadataTags = {
    ...(title === undefined ? {} : { title }),
    ...(comment === undefined ? {} : { comment }),
    raw: { "©too": "Handeye" },
  };
  output.setMetadataTags(tags);
  await output.start();

  let first = true;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    await pictures.add(packet, first ? { decoderConfig: config } : undefined);
    first = false;
  }
  pictures.close();
  if (kept !== undefined && oldSound && oldConfig) {
    let meta: { decoderConfig: AudioDecoderConfig } | undefined = { decoderConfig: oldConfig };
    for await (const packet of new EncodedPacketSink(oldSound).packets()) {
      await kept.add(packet, meta);
      meta = undefined;
    }
    kept.close();
  }
  if (made !== undefined && sound !== undefined) {
    const data = new Float32Array(sound.samples);
    using sample = new AudioSample({
      data,
      format: "f32",
      numberOfChannels: 1,
      sampleRate: sound.sampleRateHz,
      timestamp: 0,
    });
    await made.add(sample);
    made.close();
  }
  await output.finalize();
  const file = new Uint8Array(target.buffer ?? new ArrayBuffer(0));
  return generatedBy === undefined
    ? file
    : Buffer.concat([file, xmpBox(generatedXmp({ model: generatedBy, comment }))]);
}

/** Behind everything else, so that no address in the file changes. */
function xmpBox(xmp: string): Buffer {
  const text = Buffer.from(xmp, "utf8");
  const head = Buffer.alloc(8);
  head.writeUInt32BE(24 + text.length, 0);
  head.write("uuid", 4, "latin1");
  return Buffer.concat([head, XMP_UUID, text]);
}
