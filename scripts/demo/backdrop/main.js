// A stage for the demo without a display: wallpaper, a panel with the tray icon, and bubbles for
// the notifications. It shows what it is told on standard input, one JSON value a line.
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { app, BrowserWindow, screen } from 'electron';

app.on('window-all-closed', () => app.quit());
app.whenReady().then(async () => {
  const { bounds } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({
    ...bounds,
    // Chromium keeps a pixel of its own at the right and at the bottom.
    width: bounds.width + 1,
    height: bounds.height + 1,
    enableLargerThanScreen: true,
    frame: false,
    focusable: false,
    resizable: false,
    show: false,
  });
  await window.loadFile(join(import.meta.dirname, 'page.html'));
  window.showInactive();
  createInterface({ input: process.stdin }).on('line', (line) => {
    void window.webContents.executeJavaScript(`show(${line})`);
  });
  process.stdout.write('ready\n');
});
