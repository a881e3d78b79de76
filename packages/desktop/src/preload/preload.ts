/** All that the page gets of the world outside: three functions, and no object of Electron's. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '../shared/window-procedures.ts';

// The channels by name: the table they stand in would bring every schema along.
const bridge: Bridge = {
  call: (name, input) => ipcRenderer.invoke('instashare:call', { name, input }),
  upload(files) {
    const paths = files.map((file) => (file instanceof File ? webUtils.getPathForFile(file) : ''));
    return ipcRenderer.invoke(
      'instashare:upload',
      paths.filter((path) => path !== ''),
    );
  },
  listen(listener) {
    const onEvent = (_event: unknown, message: unknown) => listener(message);
    ipcRenderer.on('instashare:event', onEvent);
    return () => ipcRenderer.off('instashare:event', onEvent);
  },
};

contextBridge.exposeInMainWorld('instashare', bridge);
