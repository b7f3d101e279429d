/** Two soft tones that are heard through a busy room. Silent where the browser has not been touched yet. */
export function chime(): void {
  try {
    const sound = new AudioContext();
    [523, 784].forEach((pitch, index) => {
      const tone = sound.createOscillator();
      const volume = sound.createGain();
      const from = sound.currentTime + index * 0.35;
      tone.frequency.value = pitch;
      volume.gain.setValueAtTime(0.3, from);
      volume.gain.exponentialRampToValueAtTime(0.001, from + 0.6);
      tone.connect(volume);
      volume.connect(sound.destination);
      tone.start(from);
      tone.stop(from + 0.6);
    });
    setTimeout(() => void sound.close(), 1_500);
  } catch {
    // A tablet without sound still shows it.
  }
}
