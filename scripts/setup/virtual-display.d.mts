export interface VirtualDisplay {
  readonly display: string;
  close(): Promise<void>;
}
export function startVirtualDisplay(options?: {
  readonly width?: number;
  readonly height?: number;
  readonly folder?: string;
}): Promise<VirtualDisplay>;
