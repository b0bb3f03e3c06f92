import Conf from 'conf';

/** electron-store without Electron, which only supplies the folder and the name. */
export default class Store extends Conf {
  constructor({ name, ...options }: { readonly name: string; readonly cwd: string }) {
    super({ ...options, configName: name });
  }
}
