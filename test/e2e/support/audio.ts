import type { Page } from '@playwright/test';

interface MeasuredWindow {
  getAudioLevel?: () => number;
}

/** Makes a page measure its audio output. Runs in the page; needs no sound card. */
export function startMeasuringAudio(): void {
  const analysers: AnalyserNode[] = [];
  const connected = new WeakSet<AudioNode>();
  const prototype = AudioNode.prototype as {
    connect: (this: AudioNode, to: AudioNode, ...more: readonly unknown[]) => unknown;
  };
  const { connect } = prototype;
  prototype.connect = function (to, ...more) {
    const { context } = this;
    if (to === context.destination && !connected.has(this)) {
      connected.add(this);
      const analyser = context.createAnalyser();
      connect.call(this, analyser);
      analysers.push(analyser);
    }
    return connect.call(this, to, ...more);
  };
  (window as MeasuredWindow).getAudioLevel = () => {
    const samples = new Float32Array(2_048);
    return Math.max(
      0,
      ...analysers.map((analyser) => {
        // The analyser of a closed context keeps returning its last samples.
        if (analyser.context.state !== 'running') return 0;
        analyser.getFloatTimeDomainData(samples);
        return samples.reduce((peak, sample) => Math.max(peak, Math.abs(sample)), 0);
      }),
    );
  };
}

/** The current audio level of a measured page, from 0 to 1. */
export function getAudioLevel(page: Page): Promise<number> {
  return page.evaluate(() => (window as MeasuredWindow).getAudioLevel?.() ?? 0);
}
