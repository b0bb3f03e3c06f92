import type { Glance } from '../../core/glance';
import { shortened } from '../../core/text';
import { callerName, type Voice } from '../alert-words';

/** A tooltip longer than this (UTF-16 units) is cut by some panels in the middle of a word. */
const LONGEST = 120;

/** The glance in words: "Ringing: Grace Hopper for Bright Dental", "2 calls · 1 missed". */
export function glanceWords(glance: Glance, voice: Voice): string {
  const { say } = voice;
  const text = kindWords(glance, voice);
  return shortened(glance.silent ? `${text} · ${say('tray.silent')}` : text, LONGEST);
}

function kindWords(glance: Glance, voice: Voice): string {
  const { say } = voice;
  const missed = glance.missed > 0 ? [say('tray.missed', { count: glance.missed })] : [];
  switch (glance.kind) {
    case 'ringing': {
      const [first, ...others] = glance.ringing;
      const name = callerName(first, voice);
      const { customer } = first.place;
      const one =
        customer === undefined
          ? say('tray.ringing', { name })
          : say('tray.ringingFor', { name, customer });
      if (others.length === 0) return one;
      return say('tray.ringingMore', { first: one, count: others.length });
    }
    case 'trouble':
      return troubleWords(glance.trouble, voice);
    case 'active':
      return [say('tray.calls', { count: glance.active }), ...missed].join(' · ');
    case 'missed':
      return missed.join('');
    case 'idle':
      return say('tray.idle');
  }
}

function troubleWords(trouble: Extract<Glance, { kind: 'trouble' }>['trouble'], voice: Voice) {
  switch (trouble) {
    case 'offline':
      return voice.say('tray.offline');
    case 'sign-in':
      return voice.say('tray.signIn');
    case 'forbidden':
      return voice.say('tray.forbidden', { role: voice.role });
  }
}
