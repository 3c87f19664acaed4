// What is under way on one connection, and how much more it carries: what waits in the network can't be taken back, so
// a slow line would show a picture that is long over.
const SILENT_MS = 4000;
// A large slice may take longer: 0.25 Mbit/s, in bytes a millisecond.
const LEAST_RATE = 32;
const WINDOW_BYTES = 128 * 1024;
const WIDEST_BYTES = 512 * 1024;
// An acknowledgement that is later than the soonest by more has waited in a queue.
const QUEUE_MS = 400;

export class Flow {
  constructor() {
    this.sent = new Map();
    this.bytes = 0;
    this.window = WINDOW_BYTES;
    this.delay = 0;
    this.leastDelay = Infinity;
    this.movedAt = Date.now();
    this.buffered = 0;
  }

  has(number) {
    return this.sent.has(number);
  }

  went(number, bytes) {
    this.sent.set(number, { at: Date.now(), bytes });
    this.bytes += bytes;
  }

  arrived(number) {
    const way = this.sent.get(number);
    if (!way) return;
    this.sent.delete(number);
    this.bytes -= way.bytes;
    this.movedAt = Date.now();
    this.delay = this.movedAt - way.at;
    this.leastDelay = Math.min(this.leastDelay, this.delay);
    // Wider where the shop is far away and the line isn't slow.
    this.window = this.isQuick(this.delay) ? Math.min(WIDEST_BYTES, this.window + way.bytes) : WINDOW_BYTES;
  }

  // Told a few times a second how much the browser itself still holds.
  look(buffered) {
    if (buffered < this.buffered) this.movedAt = Date.now();
    this.buffered = buffered;
  }

  get hasRoom() {
    return !this.sent.size || this.bytes < this.window;
  }

  get hasQueue() {
    if (!this.sent.size) return false;
    return this.leastDelay === Infinity || !this.isQuick(Math.max(this.delay, this.oldestMs));
  }

  get isSilent() {
    const [oldest] = this.sent.values();
    const patience = Math.max(SILENT_MS, (oldest?.bytes ?? 0) / LEAST_RATE);
    return Math.min(this.oldestMs, Date.now() - this.movedAt) > patience;
  }

  get oldestMs() {
    const [oldest] = this.sent.values();
    return oldest ? Date.now() - oldest.at : 0;
  }

  isQuick(delay) {
    return delay < this.leastDelay + QUEUE_MS;
  }
}
