/**
 * Shared memory between the thread that commands and the thread that steps. The stepping thread reads it at every physics
 * step, so that a stop waits for no message.
 */
export interface ControlBlock {
  readonly buffer: SharedArrayBuffer;
  /** Latches. Notes the step at which it was asked for. */
  halt(): void;
  clearHalt(): void;
  isHalted(): boolean;
  /** Ends one motion without latching. */
  cancel(motion: number): void;
  isCancelled(motion: number): boolean;
  /** Steps since the start of the mission's clock. */
  steps(): number;
  setSteps(steps: number): void;
  /** Called by the stepping thread when it has commanded zero velocity, before the step that carries the command. */
  noteZeroCommand(): void;
  /** Steps carried out between the last halt and its zero command; undefined before the first. */
  stopDelaySteps(): number | undefined;
}

const SLOT = { halted: 0, cancelled: 1, steps: 2, haltAskedAt: 3, zeroCommandedAt: 4, count: 5 } as const;
const NEVER = -1;

export function createControlBlock(buffer = newBuffer()): ControlBlock {
  const slots = new Int32Array(buffer);
  return {
    buffer,
    halt() {
      if (Atomics.load(slots, SLOT.halted) === 0) {
        Atomics.store(slots, SLOT.zeroCommandedAt, NEVER);
        Atomics.store(slots, SLOT.haltAskedAt, Atomics.load(slots, SLOT.steps));
      }
      Atomics.store(slots, SLOT.halted, 1);
    },
    clearHalt: () => void Atomics.store(slots, SLOT.halted, 0),
    isHalted: () => Atomics.load(slots, SLOT.halted) === 1,
    cancel: (motion) => void Atomics.store(slots, SLOT.cancelled, motion),
    isCancelled: (motion) => Atomics.load(slots, SLOT.cancelled) === motion,
    steps: () => Atomics.load(slots, SLOT.steps),
    setSteps: (steps) => void Atomics.store(slots, SLOT.steps, steps),
    noteZeroCommand() {
      if (Atomics.load(slots, SLOT.zeroCommandedAt) === NEVER)
        Atomics.store(slots, SLOT.zeroCommandedAt, Atomics.load(slots, SLOT.steps));
    },
    stopDelaySteps() {
      const asked = Atomics.load(slots, SLOT.haltAskedAt);
      const commanded = Atomics.load(slots, SLOT.zeroCommandedAt);
      return asked === NEVER || commanded === NEVER ? undefined : commanded - asked;
    },
  };
}

function newBuffer(): SharedArrayBuffer {
  const buffer = new SharedArrayBuffer(SLOT.count * Int32Array.BYTES_PER_ELEMENT);
  const slots = new Int32Array(buffer);
  slots[SLOT.haltAskedAt] = NEVER;
  slots[SLOT.zeroCommandedAt] = NEVER;
  slots[SLOT.cancelled] = NEVER;
  return buffer;
}
