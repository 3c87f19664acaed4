// The line to the shop for one take: slices go out, acknowledgements come back. What was missed follows where there is
// room beside the newest. A line on which nothing moves is given up and dialled anew.
import { Flow } from "./flow.js";
import { Order } from "./order.js";
import { SLICE_MS } from "./takes.js";

const DIAL_MS = 4000;
const WEAK_MS = 1500;
const LEAPT_MS = 10000;
const BEGIN_MS = 5000;
const AGAIN_MS = [500, 1000, 2000, 4000];
const REFUSALS = 3;

export class Line {
  // `told` hears what the shop says beside its acknowledgements, `shut` that it was not let in several times. A late
  // line brings only what was missed; `spare` says how many bytes may be under way for that.
  constructor(address, take, { told, shut, spare, isLate = false }) {
    this.address = new URL(address, location.href).href.replace(/^http/, "ws");
    this.take = take;
    this.order = new Order(take);
    this.flow = new Flow();
    this.told = told;
    this.shut = shut;
    this.spare = spare ?? (() => (this.isCalm ? Infinity : 0));
    this.isLate = isLate;
    this.refusals = 0;
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
    this.wasLetIn = this.wasHeard = false;
    this.dialled = Date.now();
    socket.addEventListener("open", () => {
      if (socket !== this.socket) return;
      this.wasLetIn = true;
      this.refusals = 0;
      socket.send(JSON.stringify({ recorder: this.take.name, late: this.isLate }));
      this.flow = new Flow();
      this.order.resume();
      this.pump();
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

  // Send what there is room for.
  pump() {
    while (this.isOpen && this.flow.hasRoom) {
      const number = this.following();
      if (number === undefined) return;
      const { framed } = this.take.kept.get(number);
      this.socket.send(framed);
      this.flow.went(number, framed.byteLength);
      this.sentBytes += framed.byteLength;
    }
  }

  following() {
    const newest = this.isLate ? undefined : this.order.following();
    return newest ?? (this.flow.bytes < this.spare() ? this.order.missed(this.flow) : undefined);
  }

  hear(told) {
    this.tries = 0;
    this.wasHeard = true;
    if (told.ack !== undefined) {
      this.take.isKnown = true;
      this.take.forget(told.ack);
      this.flow.arrived(told.ack);
      this.pump();
    } else if (told.slow !== undefined) {
      this.flow.arrived(told.slow);
    } else {
      if (told.refused) this.hangUp();
      this.told(told);
    }
  }

  // Called a few times a second.
  tick() {
    if (this.isOpen) {
      this.pump();
      this.flow.look(this.socket.bufferedAmount);
      if (this.flow.isSilent) this.dial();
    } else if (this.socket?.readyState === WebSocket.CONNECTING && Date.now() - this.dialled > DIAL_MS) {
      this.dial();
    }
  }

  isWeak() {
    const now = Date.now();
    // The shop needs a moment to begin.
    if (!this.take.isKnown && now - this.begun < BEGIN_MS) return false;
    return !this.isOpen || this.order.behindMs > WEAK_MS || now - (this.order.leaps.at(-1) ?? 0) < LEAPT_MS;
  }

  // Whether there is room beside the picture, all of which is out.
  get isCalm() {
    return this.isOpen && this.take.isKnown && this.order.isAllOut && !this.flow.hasQueue;
  }

  get waitingSeconds() {
    return this.take.waiting * SLICE_MS / 1000;
  }

  get missedSeconds() {
    return this.order.missedCount * SLICE_MS / 1000;
  }
}
