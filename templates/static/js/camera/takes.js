// What one recorder gives: numbered slices, kept in memory and on the shelf until the shop has them on disk.
export const SLICE_MS = 200;
export const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const HEAD_BYTES = 4;
let keptBytes = 0;

export class Take {
  constructor(shelf) {
    this.name = crypto.randomUUID?.().replaceAll("-", "") ?? `r${Date.now()}`;
    this.shelf = shelf;
    this.next = 0;
    this.kept = new Map();
    this.isKnown = false;
    shelf.hold(this.name);
  }

  // A slice as it goes over the line: its number, highest byte first, then its bytes.
  keep(number, bytes) {
    if (keptBytes + bytes.byteLength > MOST_KEPT_BYTES) return;
    const framed = new Uint8Array(HEAD_BYTES + bytes.byteLength);
    new DataView(framed.buffer).setUint32(0, number);
    framed.set(new Uint8Array(bytes), HEAD_BYTES);
    this.kept.set(number, framed);
    keptBytes += framed.byteLength;
    this.shelf.put(this.name, number, framed);
  }

  forget(number) {
    const framed = this.kept.get(number);
    if (!framed) return;
    keptBytes -= framed.byteLength;
    this.kept.delete(number);
    this.shelf.drop(this.name, number);
  }

  forgetAll() {
    for (const number of [...this.kept.keys()]) this.forget(number);
  }

  // Nothing beside what is kept: see StoredTake.
  async refill() {}

  get waiting() {
    return this.kept.size;
  }
}

// What an earlier page has left on the shelf, taken into memory a little at a time.
export class StoredTake {
  constructor(shelf, name, count) {
    this.shelf = shelf;
    this.name = name;
    this.waiting = count;
    this.kept = new Map();
    this.isKnown = true;
  }

  async refill() {
    for (const [number, framed] of await this.shelf.some(this.name)) this.kept.set(number, framed);
    if (!this.kept.size) this.waiting = 0;
  }

  forget(number) {
    if (!this.kept.delete(number)) return;
    this.waiting = Math.max(0, this.waiting - 1);
    this.shelf.drop(this.name, number);
  }

  forgetAll() {
    this.kept.clear();
    this.waiting = 0;
    this.shelf.dropTake(this.name);
  }
}
