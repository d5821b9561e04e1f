/** Mono sound, 32-bit float samples in -1..1. */
export interface Sound {
  readonly samples: Float32Array;
  readonly sampleRateHz: number;
}

/** How long it lasts, in seconds. */
export const durationOf = ({ samples, sampleRateHz }: Sound): number => samples.length / sampleRateHz;
