// An empty window behind an icon in the tray: the least that a click on a tray can cost.
import { app, BrowserWindow, nativeImage, Tray } from 'electron';

let tray;
let window;

function toggle() {
  if (window === undefined) {
    window = new BrowserWindow({ width: 384, height: 620, show: false, frame: false });
    window.once('ready-to-show', () => window.show());
    window.loadFile(new URL('page.html', import.meta.url).pathname);
  } else if (window.isVisible()) window.hide();
  else window.show();
}

app.on('window-all-closed', () => undefined);
app.whenReady().then(() => {
  tray = new Tray(nativeImage.createFromPath(process.env.BENCH_ICON));
  tray.setToolTip('Empty');
  tray.on('click', toggle);
});
