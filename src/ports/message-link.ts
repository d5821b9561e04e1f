/** A message as it came from a broker. */
export interface InboundPacket {
  readonly topic: string;
  readonly payload: Uint8Array;
  /** True for a message that the broker had kept from before the subscription. */
  readonly retain: boolean;
}

export interface PublishOptions {
  /** 0 = at most once, 1 = at least once while connected. Default 0. */
  readonly qos?: 0 | 1;
  /** Default false. */
  readonly retain?: boolean;
}

/** One connection to a publish-and-subscribe broker. It keeps nothing for later: what cannot be sent now is not sent. */
export interface MessageLink {
  readonly connected: boolean;
  /** Dropped, and false, while not connected. */
  publish(topic: string, payload: Uint8Array | string, options?: PublishOptions): boolean;
  /** Called for every packet of the subscriptions. */
  onPacket(read: (packet: InboundPacket) => void): void;
  /** Called on every change, beginning with the present state. */
  onConnection(tell: (connected: boolean) => void): void;
  /** Says good-bye, so that the last will is not sent. Safe to call twice. */
  close(): Promise<void>;
}
