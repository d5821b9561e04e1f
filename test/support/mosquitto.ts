import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { connect, createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./run-cli.js";

/** Debian puts daemons where a user's PATH does not look. */
const BINARY = ["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"].find((path) =>
  existsSync(path),
);

/** Why tests with a real broker cannot run here; undefined when they can. With CI=true nothing is skipped. */
export const mosquittoMissing: string | undefined =
  BINARY !== undefined || process.env["CI"] === "true"
    ? undefined
    : "mosquitto is not installed (Debian: apt-get install mosquitto openssl)";

export interface Mosquitto {
  readonly port: number;
  readonly caFile: string;
  /** SIGKILL, as when a machine loses its power. */
  kill(): Promise<void>;
  /** The same port, the same rules; nothing of what was before. */
  start(): Promise<void>;
  close(): Promise<void>;
}

/** A real broker with TLS, logins and the rules of launch/brokers/mosquitto.acl, on a free port of loopback. */
export async function startMosquitto(logins: Readonly<Record<string, string>>): Promise<Mosquitto> {
  if (BINARY === undefined) throw new Error("mosquitto is not installed (Debian: apt-get install mosquitto openssl).");
  const folder = mkdtempSync(join(tmpdir(), "handeye-mosquitto-"));
  const file = (name: string): string => join(folder, name);
  makeCertificates(folder);
  writeFileSync(
    file("passwords"),
    Object.entries(logins)
      .map(([name, password]) => `${name}:${password}\n`)
      .join(""),
    {
      mode: 0o600,
    },
  );
  execFileSync(BINARY.replace(/s?bin\/mosquitto$/, "bin/mosquitto_passwd"), ["-U", file("passwords")], {
    stdio: "ignore",
  });
  writeFileSync(file("acl"), readFileSync(join(ROOT, "launch/brokers/mosquitto.acl")), { mode: 0o600 });
  const port = await freePort();
  const shipped = readFileSync(join(ROOT, "launch/brokers/mosquitto.conf"), "utf8");
  const settings = shipped
    .replace("listener 8883", `listener ${port} 127.0.0.1`)
    .replaceAll("/etc/mosquitto/certs/", `${folder}/`)
    .replaceAll("/etc/mosquitto/", `${folder}/`);
  // Started by root it would become a user of its own, who cannot read the folder.
  writeFileSync(file("mosquitto.conf"), `${settings}\nuser root\n`);

  let child: ChildProcess | undefined;
  const start = async (): Promise<void> => {
    const started = spawn(BINARY, ["-c", file("mosquitto.conf")], { stdio: ["ignore", "ignore", "pipe"] });
    child = started;
    let said = "";
    started.stderr.on("data", (chunk: Buffer) => (said += chunk.toString()));
    const ended = once(started, "exit").then(() => {
      throw new Error(`mosquitto ended at once: ${said}`);
    });
    ended.catch(() => undefined);
    await Promise.race([listens(port), ended]);
  };
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) return;
    const exit = once(child, "exit");
    child.kill(signal);
    await exit;
  };
  await start();
  return { port, caFile: file("ca.pem"), start, kill: () => end("SIGKILL"), close: () => end("SIGTERM") };
}

/** An authority of its own and a certificate for 127.0.0.1, valid for a day. */
function makeCertificates(folder: string): void {
  const openssl = (...args: string[]): void => void execFileSync("openssl", args, { cwd: folder, stdio: "ignore" });
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
  openssl(
    "req",
    "-x509",
    ...key,
    "-keyout",
    "ca-key.pem",
    "-out",
    "ca.pem",
    "-days",
    "1",
    "-subj",
    "/CN=test authority",
  );
  openssl("req", ...key, "-keyout", "server-key.pem", "-out", "server.csr", "-subj", "/CN=127.0.0.1");
  writeFileSync(join(folder, "names"), "subjectAltName=IP:127.0.0.1\n");
  const signing = ["-CA", "ca.pem", "-CAkey", "ca-key.pem", "-CAcreateserial", "-extfile", "names"];
  openssl("x509", "-req", "-in", "server.csr", ...signing, "-out", "server.pem", "-days", "1");
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return port;
}

/** Resolves when somebody accepts connections on the port. */
async function listens(port: number): Promise<void> {
  for (;;) {
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1");
      socket.once("connect", () => (socket.destroy(), resolve(true)));
      socket.once("error", () => setTimeout(() => resolve(false), 20));
    });
    if (isOpen) return;
  }
}
