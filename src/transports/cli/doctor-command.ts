import { runDoctor } from "../../app/doctor.js";

export interface DoctorOptions {
  readonly launch: string;
  readonly set: readonly string[];
}

/** Prints each check; exit code 0 when a mission can run here. */
export async function doctorCommand({ launch, set }: DoctorOptions): Promise<number> {
  const checks = await runDoctor(launch, set);
  for (const check of checks) {
    process.stdout.write(`${check.ok ? "ok  " : "MISS"}  ${check.name.padEnd(16)} ${check.text}\n`);
  }
  return checks.every((check) => check.ok) ? 0 : 1;
}
