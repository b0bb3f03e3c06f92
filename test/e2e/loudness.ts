import type { Page } from '@playwright/test';

/** A page that measures what it plays. */
interface Measuring {
  loudness?: () => number;
}

/** Makes a page measure what it sends to the loudspeaker from now on, whether there is one or not. */
export function measure(): void {
  const page = window as Measuring;
  const ears: AnalyserNode[] = [];
  const nodes = AudioNode.prototype as {
    connect: (this: AudioNode, to: AudioNode, ...more: readonly unknown[]) => unknown;
  };
  const { connect } = nodes;
  const heard = new WeakSet<AudioNode>();
  nodes.connect = function (to, ...more) {
    const { context } = this;
    if (to === context.destination && !heard.has(this)) {
      heard.add(this);
      const ear = context.createAnalyser();
      connect.call(this, ear);
      ears.push(ear);
    }
    return connect.call(this, to, ...more);
  };
  page.loudness = () => {
    const samples = new Float32Array(2_048);
    return Math.max(
      0,
      ...ears.map((ear) => {
        // What is closed keeps its last sample for ever.
        if (ear.context.state !== 'running') return 0;
        ear.getFloatTimeDomainData(samples);
        return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      }),
    );
  };
}

/** How loud a page that measures is at this moment: 0 is silence, 1 as loud as it gets. */
export function loudness(page: Page): Promise<number> {
  return page.evaluate(() => (window as Measuring).loudness?.() ?? 0);
}
