// The browser's own reader of barcodes, where it has one (Chrome on Android, ChromeOS and macOS). Nothing is downloaded to have one elsewhere.

interface Found {
  rawValue: string;
  format: string;
}
interface Detector {
  detect(source: HTMLVideoElement): Promise<Found[]>;
}
interface DetectorType {
  new (options: { formats: string[] }): Detector;
  getSupportedFormats(): Promise<string[]>;
}

const wanted = ['ean_13', 'ean_8', 'upc_a', 'upc_e', 'code_128', 'code_39', 'itf', 'qr_code', 'data_matrix'];
const typeOf = () => (globalThis as { BarcodeDetector?: DetectorType }).BarcodeDetector;

/** Has this browser a camera that can read barcodes? */
export const hasCameraReader = (): boolean => typeOf() !== undefined && typeof navigator !== 'undefined' && navigator.mediaDevices?.getUserMedia !== undefined;

export async function makeDetector(): Promise<Detector | null> {
  const type = typeOf();
  if (!type) return null;
  const formats = (await type.getSupportedFormats()).filter((f) => wanted.includes(f));
  return formats.length > 0 ? new type({ formats }) : null;
}

/** Tells a code once, and again only when it was out of the picture for a while. */
export class SeenOnce {
  private readonly seen = new Map<string, number>();
  constructor(private readonly pause = 1500) {}

  isNew(code: string, at: number): boolean {
    const last = this.seen.get(code);
    this.seen.set(code, at);
    return last === undefined || at - last > this.pause;
  }
}
