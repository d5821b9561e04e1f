/**
 * Whether requests to this address leave the machine. Only names and numbers of the loopback interface stay; `0.0.0.0` and names
 * that merely resolve to this machine count as leaving, because they need not mean it tomorrow.
 */
export function leavesMachine(baseUrl: string): boolean {
  // The URL parser has already turned 127.1, 0x7f000001 and the like into 127.0.0.1.
  const host = new URL(baseUrl).hostname.toLowerCase().replace(/\.$/, "");
  if (host === "localhost" || host.endsWith(".localhost") || host === "[::1]") return false;
  return !/^127\.\d+\.\d+\.\d+$/.test(host) && !/^\[::ffff:7f[0-9a-f]{2}:[0-9a-f]{1,4}\]$/.test(host);
}
