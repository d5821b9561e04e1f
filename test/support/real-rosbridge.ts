/**
 * A real rosbridge to test against: `ROSBRIDGE_URL=ws://127.0.0.1:9090 ROSBRIDGE_VERSION=2 npm run test:ros`. Undefined where none is
 * named, or one of the other version.
 */
export function realRosbridge(version: 1 | 2): string | undefined {
  const { ROSBRIDGE_URL: url, ROSBRIDGE_VERSION: named = "2" } = process.env;
  return url !== undefined && Number(named) === version ? url : undefined;
}

/** Where a real one is named, the version that it does not have is left out. */
export const isLeftOut = (version: 1 | 2): boolean =>
  process.env.ROSBRIDGE_URL !== undefined && realRosbridge(version) === undefined;
