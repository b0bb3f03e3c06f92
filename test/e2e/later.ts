import type { Application } from './application';

/**
 * Moves the clocks of an application on, as if so many ms had passed between two of its polls:
 * nobody waits half an hour for what half an hour does.
 */
export async function passes(app: Application, ms: number): Promise<void> {
  await app.electron.evaluate((_electron, more) => {
    const [wall, steady] = [Date.now.bind(Date), performance.now.bind(performance)];
    Date.now = () => wall() + more;
    performance.now = () => steady() + more;
  }, ms);
}
