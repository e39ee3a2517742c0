import type { Socket } from "node:net";

export const types: Readonly<
  Record<
    | "data"
    | "headers"
    | "priority"
    | "reset"
    | "settings"
    | "ping"
    | "goaway"
    | "windowUpdate"
    | "continuation"
    | "unknown",
    number
  >
>;
export const endStream: number;
export const endHeaders: number;
export const preface: Buffer;
export function uint32(...values: number[]): Buffer;
export function frame(type: number, flags: number, stream: number, payload?: Buffer): Buffer;
export function settings(values?: Readonly<Record<number, number>>): Buffer;
export function callHeaders(
  stream: number,
  path: string,
  options?: {
    more?: Readonly<Record<string, string>>;
    extra?: readonly (readonly [name: string, value: string])[];
    flags?: number;
  },
): Buffer;
export function message(bytes: Buffer, length?: number): Buffer;

export class RawConnection {
  constructor(address: string, hello?: Buffer, localAddress?: string);
  readonly socket: Socket;
  readonly over: Promise<void>;
  readonly isOver: boolean;
  readonly closed: Promise<void>;
  readonly goaway: number | undefined;
  reset: number | undefined;
  readonly answered: number | undefined;
  acknowledges: boolean;
  readonly closedStreams: number;
  write(bytes: Buffer): Promise<void>;
  ping(): Promise<void>;
}
