/** Voices inside the package; all English. `awb` is Scottish, `slt` a woman, `kal` of 8 kHz. */
export const FLITE_VOICES = ["slt", "rms", "awb", "kal16", "kal"] as const;
export type FliteVoice = (typeof FLITE_VOICES)[number];

export interface FliteRequest {
  readonly text: string;
  readonly voice: FliteVoice;
  /** 1 is the voice's own tempo; 1.2 is slower. */
  readonly stretch: number;
}
