// What one recorder gives: numbered slices, kept until the shop has them on disk. The newest are in memory; those
// before them only on the shelf, where it takes them, and come back a few at a time.
import { AT_ONCE } from "./shelf.js";

export const SLICE_MS = 200;
const MOST_IN_MEMORY = 32 * 1024 * 1024;
// Where the shelf refuses; beyond it the oldest are lost, as the newest are the picture.
const MOST_KEPT_BYTES = 256 * 1024 * 1024;
const HEAD_BYTES = 4;
// The recording's head is at hand for whenever the shop is reached.
const HEAD_SLICES = 8;
// What begins with a key picture: Matroska's Cluster (RFC 9559, 5.1.3) as browsers write it, and MP4's fragment.
const MARKS = [[0x1f, 0x43, 0xb6, 0x75], [0x6d, 0x6f, 0x6f, 0x66]];
let keptBytes = 0;

function hasMark(bytes) {
  return MARKS.some(([first, ...others]) => {
    for (let at = bytes.indexOf(first); at >= 0; at = bytes.indexOf(first, at + 1)) {
      if (others.every((one, place) => bytes[at + 1 + place] === one)) return true;
    }
    return false;
  });
}

export class Take {
  // With a name: what an earlier page has left on the shelf under these numbers.
  constructor(shelf, name = "", numbers = []) {
    this.name = name || (crypto.randomUUID?.().replaceAll("-", "") ?? `r${Date.now()}`);
    this.shelf = shelf;
    this.next = 0;
    this.newest = -1;
    this.kept = new Map();
    this.away = new Set(numbers);
    this.isKnown = Boolean(name);
    this.isOver = false;
    if (!name) shelf.hold(this.name);
  }

  // A slice as it goes over the line: its number, highest byte first, then its bytes.
  keep(number, bytes) {
    if (this.isOver) return;
    const framed = new Uint8Array(HEAD_BYTES + bytes.byteLength);
    new DataView(framed.buffer).setUint32(0, number);
    framed.set(new Uint8Array(bytes), HEAD_BYTES);
    this.hold(number, framed);
    this.newest = number;
    this.shelf.put(this.name, number, framed);
    this.makeRoom();
  }

  hold(number, framed) {
    this.kept.set(number, { framed, madeMs: Date.now(), isKey: hasMark(framed) });
    keptBytes += framed.byteLength;
  }

  letGo(number) {
    const slice = this.kept.get(number);
    keptBytes -= slice?.framed.byteLength ?? 0;
    return this.kept.delete(number);
  }

  makeRoom() {
    for (const number of this.kept.keys()) {
      if (keptBytes <= MOST_IN_MEMORY) return;
      if (number < HEAD_SLICES || number === this.newest) continue;
      if (this.shelf.has(this.name, number)) {
        this.letGo(number);
        this.away.add(number);
      } else if (keptBytes > MOST_KEPT_BYTES) {
        this.forget(number);
      }
    }
  }

  // Back into memory from the shelf, the oldest first.
  async refill() {
    if (!this.away.size || this.isFilling) return;
    this.isFilling = true;
    const asked = [...this.away];
    const first = asked.reduce((least, one) => Math.min(least, one));
    const found = new Map(await this.shelf.some(this.name, first).catch(() => []));
    const last = found.size < AT_ONCE ? Infinity : Math.max(...found.keys());
    for (const number of asked) {
      if (number > last || !this.away.delete(number)) continue;
      if (found.has(number)) this.hold(number, found.get(number));
    }
    this.isFilling = false;
  }

  forget(number) {
    if (this.letGo(number) || this.away.delete(number)) this.shelf.drop(this.name, number);
  }

  // Whatever its recorder gives from now on is forgotten too.
  forgetAll() {
    this.isOver = true;
    for (const number of [...this.kept.keys(), ...this.away]) this.forget(number);
  }

  get waiting() {
    return this.kept.size + this.away.size;
  }
}
