// The phone's camera and its recorder, which never stops for a weak line.
import { SLICE_MS, Take } from "./takes.js";

const SILENT_MS = 5000;
const KINDS = ["video/webm;codecs=h264,opus", "video/webm;codecs=vp8,opus", "video/mp4;codecs=avc1.42E01F,mp4a.40.2", "video/webm", "video/mp4"];
// A key picture each second: who joins anew, and the picture after an outage, wait for the next one.
const KEY_MS = 1000;
const MOST_PX = 1280;
const LEAST_BEGINNING_BYTES = 1024;

export function canRecord() {
  return Boolean(window.MediaRecorder && navigator.mediaDevices && KINDS.some((one) => MediaRecorder.isTypeSupported(one)));
}

export class Recorder {
  // `ended` is called when a track ends by itself, `sliced` with a take and the number of its new slice.
  constructor(shelf, { ended, sliced }) {
    this.shelf = shelf;
    this.ended = ended;
    this.sliced = sliced;
    this.facing = "environment";
    this.isMuted = false;
  }

  async open() {
    // Many phones open a camera only when the other one is closed.
    this.close();
    const sound = { echoCancellation: true, noiseSuppression: true, autoGainControl: true };
    const stream = await this.ask(sound).catch((error) => {
      // A phone without a microphone still has a picture.
      if (error.name !== "NotFoundError") throw error;
      return this.ask(false);
    });
    // Somebody else may have opened it meanwhile.
    this.close();
    this.stream = stream;
    this.mute(this.isMuted);
    for (const track of this.stream.getTracks()) track.addEventListener("ended", this.ended, { once: true });
    return this.stream;
  }

  ask(audio) {
    // Asked for lying down in either case: a phone held upright turns the picture itself, while a cropped upright one
    // would be recorded at the camera's full height (seen in Chromium).
    return navigator.mediaDevices.getUserMedia({
      video: { facingMode: this.facing, width: { ideal: 1280, max: MOST_PX }, height: { ideal: 720, max: MOST_PX }, frameRate: { ideal: 30, max: 30 } },
      audio,
    });
  }

  // A new take of what the camera shows, of so many bits a second.
  record(rates) {
    this.stop();
    const take = new Take(this.shelf);
    let loose = [];
    let order = Promise.resolve();
    const mimeType = KINDS.find((one) => MediaRecorder.isTypeSupported(one));
    this.recorder = new MediaRecorder(this.stream, { mimeType, videoKeyFrameIntervalDuration: KEY_MS, ...rates });
    this.recorder.addEventListener("error", this.ended, { once: true });
    this.slicedMs = Date.now();
    this.recorder.addEventListener("dataavailable", ({ data }) => {
      this.slicedMs = Date.now();
      loose.push(data);
      const whole = new Blob(loose);
      // Chromium's first piece may be a single byte: a beginning must be long enough to be known by.
      if (whole.size < (take.next ? 1 : LEAST_BEGINNING_BYTES)) return;
      loose = [];
      const number = take.next++;
      order = order.then(async () => {
        take.keep(number, await whole.arrayBuffer());
        this.sliced(take, number);
      });
    });
    this.recorder.start(SLICE_MS);
    return take;
  }

  mute(isMuted) {
    this.isMuted = isMuted;
    for (const track of this.stream?.getAudioTracks() ?? []) track.enabled = !isMuted;
  }

  get isOpen() {
    return Boolean(this.stream?.active);
  }

  get hasSound() {
    return Boolean(this.stream?.getAudioTracks().length);
  }

  // After a phone call tracks may be dead whatever they say.
  get looksDead() {
    return Boolean(this.stream?.getTracks().some((track) => track.readyState === "ended" || track.muted));
  }

  get isSilent() {
    return Date.now() - this.slicedMs > SILENT_MS;
  }

  stop() {
    if (this.recorder?.state === "recording") this.recorder.stop();
  }

  close() {
    for (const track of this.stream?.getTracks() ?? []) track.stop();
    this.stream = null;
  }
}
