import type { Task } from 'electron';
import { SILENCE_CHOICES } from '../../core/silence';
import { silenceArgument } from '../arguments';
import type { Say } from '../desktop-words';

/**
 * Do not disturb in the jump list of Windows. Each entry starts Ringside once more with an argument,
 * which the one that runs is handed.
 */
export function silenceTasks(executable: string, say: Say): Task[] {
  return SILENCE_CHOICES.map((choice) => {
    const title = `${say('menu.silence')} · ${say(`menu.${choice}`)}`;
    return {
      program: executable,
      arguments: `${silenceArgument(choice)} --hidden`,
      iconPath: executable,
      iconIndex: 0,
      title,
      description: title,
    };
  });
}
