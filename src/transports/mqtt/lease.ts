import type { Role } from "../../domain/remote/roles.js";

export interface LeaseHolder {
  readonly operator: string;
  readonly role: Role;
  readonly sinceMs: number;
  /** False for one that came with a command from somebody who sends no heartbeats: it ends with the mission, and nobody can lose it. */
  readonly hasHeartbeat: boolean;
}

export type LeaseVerdict =
  { readonly ok: true; readonly tookOverFrom?: string } | { readonly ok: false; readonly heldBy: string };

export interface LeaseOptions {
  readonly nowMs: () => number;
  readonly after: (ms: number, callback: () => void) => () => void;
  /** Heartbeats further apart than this lose the lease. */
  readonly timeoutMs: number;
  /** The holder has fallen silent. */
  readonly onLost: (holder: LeaseHolder) => void;
}

/** Who drives. One at a time; a supervisor may take the wheel from an operator, and nobody from a supervisor. */
export interface Lease {
  readonly holder: LeaseHolder | undefined;
  /** Takes the lease, or renews it: every call is a heartbeat. */
  acquire(operator: string, role: Role): LeaseVerdict;
  /** A heartbeat of somebody who thinks that they hold it; false when they do not. */
  renew(operator: string): boolean;
  /** For a command without heartbeats; `end` gives it back. */
  borrow(operator: string, role: Role): LeaseVerdict;
  release(operator: string): void;
  /** Whether somebody may steer now without asking: the holder, or anybody while there is none. */
  mayDrive(operator: string): boolean;
  close(): void;
}

export function createLease({ nowMs, after, timeoutMs, onLost }: LeaseOptions): Lease {
  let holder: LeaseHolder | undefined;
  let cancel = (): void => undefined;

  function watch(): void {
    cancel();
    cancel = after(timeoutMs, () => {
      const lost = holder;
      holder = undefined;
      if (lost !== undefined) onLost(lost);
    });
  }

  function take(operator: string, role: Role, hasHeartbeat: boolean): LeaseVerdict {
    if (holder !== undefined && holder.operator !== operator) {
      const isOutranked = role === "supervisor" && holder.role !== "supervisor";
      if (!isOutranked) return { ok: false, heldBy: holder.operator };
    }
    const before = holder;
    const kept = before?.operator === operator ? before : undefined;
    holder = {
      operator,
      role,
      sinceMs: kept?.sinceMs ?? nowMs(),
      hasHeartbeat: hasHeartbeat || kept?.hasHeartbeat === true,
    };
    if (holder.hasHeartbeat && hasHeartbeat) watch();
    else if (!holder.hasHeartbeat) cancel();
    return before !== undefined && kept === undefined ? { ok: true, tookOverFrom: before.operator } : { ok: true };
  }

  return {
    get holder() {
      return holder;
    },
    acquire: (operator, role) => take(operator, role, true),
    renew(operator) {
      if (holder?.operator !== operator || !holder.hasHeartbeat) return false;
      watch();
      return true;
    },
    borrow: (operator, role) => take(operator, role, false),
    release(operator) {
      if (holder?.operator !== operator) return;
      cancel();
      holder = undefined;
    },
    mayDrive: (operator) => holder === undefined || holder.operator === operator,
    close: () => cancel(),
  };
}
