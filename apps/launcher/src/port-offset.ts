import { allPorts, localPorts } from './local-ports.ts';

const highestPort = 65_535;

/**
 * Ports that fetch and browsers refuse to call, from the lowest of ours on.
 * @see https://fetch.spec.whatwg.org/#port-blocking
 */
const blockedPorts = new Set([
  3659, 4045, 4190, 5060, 5061, 6000, 6566, 6665, 6666, 6667, 6668, 6669, 6679, 6697, 10_080,
]);

/** The highest offset that leaves every port a port. */
const highestOffset = highestPort - Math.max(...allPorts(localPorts(0)));

/** A `--port-offset` that cannot be used; the message is one line and names one that can. */
export class PortOffsetError extends Error {
  /** Stable; branch on this. */
  readonly code = 'port_offset_invalid';
}

/** Reads `--port-offset`. @throws PortOffsetError */
export function readPortOffset(text: string): number {
  const offset = /^\d{1,5}$/.test(text) ? Number(text) : Infinity;
  if (offset > highestOffset) {
    throw new PortOffsetError(
      `--port-offset must be a whole number from 0 to ${highestOffset}, such as 1000.`,
    );
  }
  const blocked = blockedPortAt(offset);
  if (blocked !== undefined) {
    throw new PortOffsetError(
      `--port-offset ${offset} puts a port on ${blocked}, which browsers refuse to call: take ${usableOffsetFrom(offset)} instead.`,
    );
  }
  return offset;
}

/** The first offset from this one on that can be used; beyond the highest one it begins anew. */
export function usableOffsetFrom(offset: number): number {
  if (offset > highestOffset) return usableOffsetFrom(1_000);
  return blockedPortAt(offset) === undefined ? offset : usableOffsetFrom(offset + 1);
}

function blockedPortAt(offset: number): number | undefined {
  return allPorts(localPorts(offset)).find((port) => blockedPorts.has(port));
}
