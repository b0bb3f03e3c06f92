import { expect, test } from 'vitest';
import { Router } from '../../src/renderer/router.svelte';

test('keeps the scroll position when the details are closed, and starts another tab at the top', () => {
  const router = new Router();
  router.showTab('log');
  router.scrollPositions.set('log', 800);
  router.openSession('a');
  router.goBack();
  router.showTab('log');
  expect(router.scrollPositions.get('log')).toBe(800);
  router.showTab('calls');
  router.showTab('log');
  expect(router.scrollPositions.has('log')).toBe(false);
});
