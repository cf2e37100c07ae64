import { deviceSettings } from './device.ts';

// What a hand and an ear are told while the eye is on the shelf. Sound needs a first key or touch on the page; some phones cannot shake.

let context: AudioContext | null = null;

function audio(): AudioContext | null {
  if (!('AudioContext' in globalThis)) return null;
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') void context.resume().catch(() => undefined);
    return context;
  } catch {
    return null;
  }
}

/** One tone: hertz, seconds from now, seconds long. */
function tone(frequency: number, from: number, length: number, type: OscillatorType = 'sine') {
  const on = audio();
  if (!on) return;
  const [source, volume, at] = [on.createOscillator(), on.createGain(), on.currentTime + from];
  source.type = type;
  source.frequency.value = frequency;
  volume.gain.setValueAtTime(0.25, at);
  volume.gain.exponentialRampToValueAtTime(0.001, at + length);
  source.connect(volume).connect(on.destination);
  source.start(at);
  source.stop(at + length);
}

const tones: Record<Signal, () => void> = {
  right: () => tone(1320, 0, 0.12),
  wrong: () => (tone(180, 0, 0.3, 'square'), tone(140, 0.32, 0.4, 'square')),
  done: () => (tone(880, 0, 0.12), tone(1175, 0.13, 0.12), tone(1568, 0.26, 0.24)),
};
const shakes: Record<Signal, number[]> = { right: [40], wrong: [250, 80, 250], done: [60, 60, 60] };

export type Signal = 'right' | 'wrong' | 'done';

/** `signal('wrong')`: low and long, and a shake that is felt through gloves. */
export function signal(what: Signal) {
  const { sound, vibration } = deviceSettings();
  if (sound) tones[what]();
  if (vibration && 'vibrate' in navigator) navigator.vibrate(shakes[what]);
}
