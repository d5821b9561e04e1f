import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";

const BINARY = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);

/** Why tests in a browser cannot run here; undefined when they can. With CI=true nothing is skipped. */
export const chromiumMissing: string | undefined =
  BINARY !== undefined || process.env["CI"] === "true"
    ? undefined
    : "chromium is not installed (Debian: apt-get install chromium)";

/** A headless browser, with a WAV file for a microphone where one is given. */
export function startChromium({ microphone }: { readonly microphone?: string } = {}): Promise<Browser> {
  if (BINARY === undefined) throw new Error("chromium is not installed (Debian: apt-get install chromium).");
  return chromium.launch({
    executablePath: BINARY,
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--use-fake-ui-for-media-stream",
      "--use-fake-device-for-media-stream",
      "--autoplay-policy=no-user-gesture-required",
      ...(microphone === undefined ? [] : [`--use-file-for-fake-audio-capture=${microphone}%noloop`]),
    ],
  });
}
