// What the camera's page says while it films.
const page = document.querySelector("[data-camera]");
export const part = (name) => page.querySelector(`[data-${name}]`);

// What went wrong and what to do, or "" where nothing is wrong any more.
export function trouble(words) {
  const { noLeave, noCamera, noRecorder } = page.dataset;
  part("trouble").hidden = !words;
  part("trouble-words").textContent = words;
  // Another browser may be allowed what this one is not.
  part("outside").hidden = ![noLeave, noCamera, noRecorder].includes(words);
}

export function showRest(seconds, words = page.dataset.sayRest) {
  part("rest").hidden = seconds < 0.5;
  part("rest-words").textContent = words.replace("{seconds}", Math.round(seconds));
}

export function showMute(isMuted, hasSound) {
  part("mute").querySelector("span").textContent = isMuted ? page.dataset.muted : page.dataset.loud;
  part("mute").setAttribute("aria-pressed", String(isMuted));
  part("hushed").hidden = hasSound && !isMuted;
  part("hushed-words").textContent = hasSound ? page.dataset.sayHushed : page.dataset.noSound;
}

// A weak line either shows the picture with breaks, or nothing of it.
export function showLine({ isWeak, isShown, waitingSeconds, sentBytes, begun }) {
  part("weak-note").hidden = !isWeak;
  const words = isShown ? page.dataset.slow : page.dataset.kept;
  part("weak-words").textContent = words.replace("{seconds}", Math.round(waitingSeconds));
  const badge = part("badge");
  badge.textContent = isWeak ? badge.dataset.off : badge.dataset.on;
  badge.classList.toggle("weak", isWeak);
  const seconds = Math.floor((Date.now() - begun) / 1000);
  part("clock").textContent = `${String(Math.floor(seconds / 60)).padStart(2, "0")}:${String(seconds % 60).padStart(2, "0")}`;
  part("used").textContent = page.dataset.mb.replace("{mb}", (sentBytes / 1e6).toFixed(1).replace(".", ","));
}

export function showShow(told) {
  part("viewers").textContent = told.viewers;
  part("disk").hidden = !told.disk;
  part("disk-words").textContent = told.disk ?? "";
  const pin = part("pin");
  pin.hidden = !told.pinned;
  if (told.pinned) {
    pin.dataset.pin = told.pinned.pin;
    pin.className = `pin kind-${told.pinned.kind}`;
    for (const place of pin.querySelectorAll("[data-field]")) {
      const value = told.pinned[place.dataset.field];
      place.textContent = value ? (place.dataset.lead ?? "") + value : "";
    }
  }
  part("comments").replaceChildren(...(told.comments ?? []).map(([author, text]) => {
    const line = document.createElement("li");
    line.className = "plate";
    const who = document.createElement("b");
    who.textContent = author;
    line.append(who, ` ${text}`);
    return line;
  }));
}

let meter;
// Made before any touch it may have to wait for one, and after a call again.
document.addEventListener("click", () => { if (meter && meter.state !== "running") meter.resume().catch(() => {}); });

// The bars follow the microphone, and lie still while the sound is off.
export function showSound(stream, isMuted) {
  meter?.close();
  meter = null;
  if (!stream.getAudioTracks().length) return;
  const own = meter = new AudioContext();
  const ear = own.createAnalyser();
  ear.fftSize = 512;
  own.createMediaStreamSource(stream).connect(ear);
  const samples = new Uint8Array(ear.fftSize);
  const bars = [...part("level").children];
  const draw = () => {
    if (own !== meter) return;
    ear.getByteTimeDomainData(samples);
    const loud = Math.sqrt(samples.reduce((sum, one) => sum + ((one - 128) / 128) ** 2, 0) / samples.length);
    const share = isMuted() ? 0 : Math.min(1, Math.max(0, 1 + Math.log10(loud + 1e-4) / 2.2));
    bars.forEach((bar, at) => bar.classList.toggle("on", at < share * bars.length));
    setTimeout(draw, 120);
  };
  draw();
}
