import { app, nativeImage } from 'electron';
import { appIconOn, type AppIcon, type Frame } from './app-icon';
import { overlayBitmap, OVERLAY_SIZE } from './overlay';

/** The icon of the app on this desktop; `frame` gives the window while there is one. */
export function electronAppIcon(frame: () => Frame | undefined): AppIcon {
  return appIconOn(process.platform, {
    app,
    dock: app.dock,
    frame,
    overlay: (of, words) => {
      const size = { width: OVERLAY_SIZE, height: OVERLAY_SIZE };
      const spot = words === undefined ? null : nativeImage.createFromBitmap(overlayBitmap(), size);
      of.setOverlayIcon(spot, words ?? '');
    },
  });
}
