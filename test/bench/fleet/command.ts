/** Tells what fleets of companions ask of a server, and writes it down. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { bounded, type Figure } from '../desk/figure';
import { table } from '../desk/table';
import { reportOn, type FleetReport } from './fleet';

const RESULTS = resolve(import.meta.dirname, '../../../artifacts/bench');

/**
 * Runs both fleets.
 * @param tell is given a line at a time of how it goes
 * @returns their figures as a table
 */
export async function runFleets(tell: (line: string) => void): Promise<string> {
  const reports = [reportOn(10_000, true), reportOn(100_000, false)];
  await mkdir(RESULTS, { recursive: true });
  const file = join(RESULTS, 'fleet.json');
  await writeFile(file, `${JSON.stringify(reports, undefined, 2)}\n`);
  tell(`Written to ${file}`);
  return table(reports.flatMap(figuresOf));
}

function figuresOf(report: FleetReport): readonly Figure[] {
  const { companions, mean, peakOverMean, afterOutage, ofEverySecond } = report;
  const { ofEverySecondAllDay } = report;
  const fleet = `${companions.toLocaleString('en')} companions`;
  const times = (what: string, value: number, most?: number): Figure =>
    bounded({ what: `${fleet}: ${what}`, unit: '×', values: [value] }, most);
  return [
    bounded({ what: `${fleet}: mean of a steady hour`, unit: 'requests/s', values: [mean] }),
    times('busiest second of that hour, of its mean', peakOverMean, 1.1),
    times('busiest second of the minute after an outage, of that mean', afterOutage, 2),
    times('in that hour, of what polling every second asks', ofEverySecond),
    ...(ofEverySecondAllDay === undefined
      ? []
      : [times('all day, of what polling every second asks', ofEverySecondAllDay, 0.45)]),
  ];
}
