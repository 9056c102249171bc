// Reads QR codes with the camera: by the browser where it can, else our own server decodes while there is a line.

const PAUSE = 350;
const WIDTH = 640;
const REST = 2500;

export function canScan() {
  return Boolean(window.isSecureContext && navigator.mediaDevices && navigator.mediaDevices.getUserMedia);
}

async function browserReader() {
  if (!("BarcodeDetector" in window)) return null;
  const known = await window.BarcodeDetector.getSupportedFormats();
  return known.includes("qr_code") ? new window.BarcodeDetector({ formats: ["qr_code"] }) : null;
}

export const readsAlone = async () => Boolean(await browserReader().catch(() => null));

async function sendFrame(video) {
  const height = Math.round((video.videoHeight / video.videoWidth) * WIDTH);
  const canvas = new OffscreenCanvas(WIDTH, height);
  const pen = canvas.getContext("2d", { willReadFrequently: true });
  pen.drawImage(video, 0, 0, WIDTH, height);
  const { data } = pen.getImageData(0, 0, WIDTH, height);
  const grey = new Uint8Array(WIDTH * height);
  for (let at = 0; at < grey.length; at++) grey[at] = (data[4 * at] * 77 + data[4 * at + 1] * 150 + data[4 * at + 2] * 29) >> 8;
  const headers = { "x-einlass": "1", "content-type": "application/octet-stream" };
  const answer = await fetch(`/einlass/bild?b=${WIDTH}&h=${height}`, { method: "POST", body: grey, headers, redirect: "error" });
  return answer.ok ? (await answer.json()).texts : [];
}

export class Camera {
  constructor(video, found) {
    Object.assign(this, { video, found, stream: null, seen: new Map() });
  }

  get on() {
    return Boolean(this.stream);
  }

  async start() {
    this.stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
    this.video.srcObject = this.stream;
    await this.video.play();
    this.reader = await browserReader().catch(() => null);
    this.look();
  }

  stop() {
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = this.video.srcObject = null;
  }

  // The same code held before the camera counts once; shown again after a while it is asked again.
  async look() {
    while (this.on) {
      try {
        const texts = this.reader ? (await this.reader.detect(this.video)).map((one) => one.rawValue) : await sendFrame(this.video);
        for (const text of texts) {
          const last = this.seen.get(text) || 0;
          this.seen.set(text, Date.now());
          if (Date.now() - last > REST) this.found(text);
        }
      } catch (problem) {
        // a frame that could not be read: the next one comes
      }
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
