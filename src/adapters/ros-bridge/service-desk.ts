import type { Faults } from "./faults.js";
import type { BridgeClient, OpHandler, RosMessage } from "./rosbridge.types.js";

/** A service of the bridge itself. Throws to answer with an error. */
export type BuiltInService = (args: RosMessage) => RosMessage;

interface Call {
  readonly caller: BridgeClient;
  readonly provider: BridgeClient;
  readonly id: string | undefined;
  readonly service: string;
}

export interface ServiceDesk {
  readonly advertise: OpHandler;
  readonly unadvertise: OpHandler;
  readonly call: OpHandler;
  readonly respond: OpHandler;
  leave(client: BridgeClient): void;
  list(): readonly { service: string; type: string }[];
}

/** Relays service calls to the clients that advertise them; answers the bridge's own. */
export function createServiceDesk(builtIn: ReadonlyMap<string, BuiltInService>, faults: Faults): ServiceDesk {
  const services = new Map<string, { readonly provider: BridgeClient; readonly type: string }>();
  const calls = new Map<string, Call>();
  let made = 0;

  const answer = (client: BridgeClient, call: Pick<Call, "id" | "service">, values: unknown, result: boolean): void =>
    client.send({ op: "service_response", service: call.service, values, result, id: call.id });

  return {
    advertise: (client, op) =>
      void services.set(op.service as string, { provider: client, type: (op.type as string | undefined) ?? "" }),
    unadvertise: (client, op) => {
      if (services.get(op.service as string)?.provider === client) services.delete(op.service as string);
    },
    call(client, op) {
      const service = op.service as string;
      if (faults.silentServices.has(service)) return;
      const own = builtIn.get(service);
      if (own !== undefined) {
        try {
          answer(client, { id: op.id, service }, own((op.args as RosMessage | undefined) ?? {}), true);
        } catch (error) {
          answer(client, { id: op.id, service }, error instanceof Error ? error.message : String(error), false);
        }
        return;
      }
      const offered = services.get(service);
      if (offered === undefined) {
        answer(client, { id: op.id, service }, `Service ${service} does not exist`, false);
        return;
      }
      const id = `service_request:${service}:${++made}`;
      calls.set(id, { caller: client, provider: offered.provider, id: op.id, service });
      offered.provider.send({ op: "call_service", id, service, type: offered.type, args: op.args ?? {} });
    },
    respond(client, op) {
      const call = calls.get(op.id ?? "");
      if (call === undefined || call.provider !== client) return;
      calls.delete(op.id ?? "");
      answer(call.caller, call, op.values, op.result !== false);
    },
    leave(client) {
      for (const [name, { provider }] of services) if (provider === client) services.delete(name);
      for (const [id, call] of calls) {
        if (call.caller === client || call.provider === client) calls.delete(id);
        if (call.provider === client && call.caller !== client) {
          answer(call.caller, call, `Service ${call.service} was unadvertised`, false);
        }
      }
    },
    list: () => [...services].map(([service, { type }]) => ({ service, type })),
  };
}
