// What one recorder gives: numbered slices, kept until the shop has them on disk.
export const SLICE_MS = 200;
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const HEAD_BYTES = 4;
let keptBytes = 0;

export class Take {
  constructor() {
    this.name = crypto.randomUUID?.().replaceAll("-", "") ?? `r${Date.now()}`;
    this.next = 0;
    this.kept = new Map();
    this.isKnown = false;
  }

  // A slice as it goes over the line: its number, highest byte first, then its bytes.
  keep(number, bytes) {
    if (keptBytes + bytes.byteLength > MOST_KEPT_BYTES) return;
    const framed = new Uint8Array(HEAD_BYTES + bytes.byteLength);
    new DataView(framed.buffer).setUint32(0, number);
    framed.set(new Uint8Array(bytes), HEAD_BYTES);
    this.kept.set(number, framed);
    keptBytes += framed.byteLength;
  }

  forget(number) {
    const framed = this.kept.get(number);
    if (!framed) return;
    keptBytes -= framed.byteLength;
    this.kept.delete(number);
  }

  get waitingSeconds() {
    return this.kept.size * SLICE_MS / 1000;
  }
}
