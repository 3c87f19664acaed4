// The line to the shop for one take: slices go out, acknowledgements come back. What was missed follows in between the
// newest; a line that answers nothing is given up and dialled anew.
import { SLICE_MS } from "./takes.js";

const SILENT_MS = 4000;
const WEAK_MS = 1500;
const BEGIN_MS = 5000;
const WEAK_SECONDS = 3;
const AGAIN_MS = [500, 1000, 2000, 4000];
const QUEUE_BYTES = 256 * 1024;
const REFUSALS = 3;

export class Line {
  // `told` hears what the shop says beside its acknowledgements, `shut` that it was not let in several times. A late
  // line brings only what was missed, in its order.
  constructor(address, take, { told, shut, isLate = false }) {
    this.address = new URL(address, location.href).href.replace(/^http/, "ws");
    this.take = take;
    this.told = told;
    this.shut = shut;
    this.isLate = isLate;
    this.refusals = 0;
    this.sent = new Map();
    this.sentBytes = 0;
    this.tries = 0;
    this.begun = Date.now();
    this.dial();
  }

  get isOpen() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  dial() {
    this.hangUp();
    const socket = new WebSocket(this.address);
    this.socket = socket;
    this.wasLetIn = false;
    this.dialled = Date.now();
    socket.addEventListener("open", () => {
      if (socket !== this.socket) return;
      this.wasLetIn = true;
      this.refusals = 0;
      socket.send(JSON.stringify({ recorder: this.take.name, late: this.isLate }));
      this.sent.clear();
      // The recording's head comes first; only after an outage do the newest go ahead of what was missed.
      if (!this.take.isKnown) for (const number of [...this.take.kept.keys()]) this.send(number);
    });
    socket.addEventListener("message", ({ data }) => { if (socket === this.socket) this.hear(JSON.parse(data)); });
    socket.addEventListener("close", () => {
      if (socket !== this.socket) return;
      if (!this.wasLetIn && ++this.refusals % REFUSALS === 0) this.shut?.();
      setTimeout(() => { if (socket === this.socket) this.dial(); }, AGAIN_MS[Math.min(this.tries++, AGAIN_MS.length - 1)]);
    });
  }

  hangUp() {
    const old = this.socket;
    this.socket = null;
    old?.close();
  }

  send(number) {
    const framed = this.take.kept.get(number);
    if (!framed || !this.isOpen) return;
    this.socket.send(framed);
    this.sent.set(number, Date.now());
    this.sentBytes += framed.byteLength;
  }

  hear(told) {
    this.tries = 0;
    if (told.ack !== undefined) {
      this.take.isKnown = true;
      this.take.forget(told.ack);
      this.sent.delete(told.ack);
    } else if (told.slow !== undefined) {
      this.sent.delete(told.slow);
    } else {
      if (told.refused) this.hangUp();
      this.told(told);
    }
  }

  // Called a few times a second.
  tick() {
    const now = Date.now();
    if (this.isOpen) {
      for (const number of this.take.kept.keys()) {
        if (this.socket.bufferedAmount > QUEUE_BYTES) break;
        if (!this.sent.has(number)) this.send(number);
      }
      if (now - this.oldest(now) > SILENT_MS) this.dial();
    } else if (this.socket?.readyState === WebSocket.CONNECTING && now - this.dialled > SILENT_MS) {
      this.dial();
    }
  }

  isWeak() {
    const now = Date.now();
    // The shop needs a moment to begin.
    if (!this.take.isKnown && now - this.begun < BEGIN_MS) return false;
    return !this.isOpen || now - this.oldest(now) > WEAK_MS || this.waitingSeconds > WEAK_SECONDS;
  }

  get waitingSeconds() {
    return this.take.waiting * SLICE_MS / 1000;
  }

  oldest(now) {
    return this.sent.size ? Math.min(...this.sent.values()) : now;
  }
}
