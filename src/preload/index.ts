import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { Bridge, IpcEvents } from '../shared/ipc';

const bridge: Bridge = {
  request: (name, ...argument) => ipcRenderer.invoke(name, ...argument),
  on: (name, listener) => {
    const handler = (_: IpcRendererEvent, event: IpcEvents[typeof name]): void => {
      listener(event);
    };
    ipcRenderer.on(name, handler);
    return () => {
      ipcRenderer.off(name, handler);
    };
  },
};

contextBridge.exposeInMainWorld('ringside', bridge);
