import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { ConnectionError } from '../../../src/shared/state';
import type { Row } from './table';

const README = join(import.meta.dirname, 'README.md');
const WORDS = join(import.meta.dirname, '../../../src/shared/i18n/en/window.json');
const LIST = /(?<=<!-- list -->)[^]*?(?=<!-- \/list -->)/;

interface Words {
  readonly fault: Readonly<Record<ConnectionError['kind'], string>>;
  readonly forbidden: { readonly title: string };
}

/** Checks that README.md lists these faults, in the words of the app; writes them on request. */
export async function putInReadme(rows: readonly Row[], write: boolean): Promise<void> {
  const words = JSON.parse(await readFile(WORDS, 'utf8')) as Words;
  const lines = inGroups(rows).map((group) => [faultsOf(group), ...said(group, words)]);
  const table = [
    '| fault | the window says | in the details |',
    '| --- | --- | --- |',
    ...lines.map((cells) => `| ${cells.join(' | ')} |`),
  ];
  const list = `\n\n${table.join('\n')}\n\n`;
  const readme = await readFile(README, 'utf8');
  if (write) await writeFile(README, readme.replace(LIST, list.replaceAll('$', '$$$$')));
  else expect(cells(LIST.exec(readme)?.[0]), 'run with --update-snapshots').toBe(cells(list));
}

/** Statuses that come to the same share a line. */
function inGroups(rows: readonly Row[]): readonly (readonly [Row, ...Row[]])[] {
  const groups: [Row, ...Row[]][] = [];
  for (const row of rows) {
    const group = groups.at(-1);
    const isOneMore =
      group && statusOf(group[0]) && statusOf(row) && kindOf(group[0]) === kindOf(row);
    if (isOneMore) group.push(row);
    else groups.push([row]);
  }
  return groups;
}

function faultsOf(group: readonly [Row, ...Row[]]): string {
  if (group.length === 1) return group[0].fault;
  return `status ${group.map((row) => statusOf(row)).join(', ')}`;
}

function said([row, ...more]: readonly [Row, ...Row[]], { fault, forbidden }: Words) {
  const { says } = row;
  if (says === 'live') return ['', ''];
  if (says === 'forbidden') return [forbidden.title, ''];
  const code = more.length > 0 ? '`HTTP` and the status' : `\`${says.code}\``;
  return [fault[says.kind], code];
}

function statusOf({ fault }: Row): string | undefined {
  return /^status (\d+)$/.exec(fault)?.[1];
}

function kindOf({ says }: Row): string {
  return typeof says === 'string' ? says : says.kind;
}

/** A table without the padding that makes it pleasant to read. */
function cells(table: string | undefined): string | undefined {
  return table?.replace(/ +/g, ' ').replace(/-+/g, '-').trim();
}
